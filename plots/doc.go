// Package plots draws figures in one style: sans-serif labels readable at
// notebook width, colours that colour-blind people can tell apart, distinct
// dashes and markers, a light grid, ticks at round values.
//
// [Curves] draws named curves, such as the accuracy of several trainings
// against the epoch; [Lines] draws columns of a table, one line per value of a
// third column, with bands over repeats:
//
//	plots.Curves(bp, dfa).Titled("Training on ideal devices")
//	plots.Lines(table, "Device.LTP", "accuracy").By("rule").Band()
//
// Figures are made by chaining, so an error made on the way is kept: it shows
// when the figure is displayed, [Figure.Save] returns it, and [Figure.Err] asks
// for it.
//
// # Labels
//
// Titles, axis labels and names understand a little of TeX: G_{max}, x_1, 10^-3,
// 10^{-3}, \mu, \sigma, \Omega and the other Greek letters. A single letter or a
// number after _ or ^ needs no braces; "train_loss" is left as it is, because
// the l does not stand alone. Percent and dollar signs mean themselves. A
// character that the font lacks is drawn as □, and a note under the figure says
// which.
//
// The palette is by M. Okabe and K. Ito, Color Universal Design, 2008,
// https://jfly.uni-koeln.de/color/.
package plots
