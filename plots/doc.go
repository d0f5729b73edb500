// Package plots draws figures in one style: sans-serif labels readable at
// notebook width, colours that colour-blind people can tell apart, distinct
// dashes and markers, a light grid, ticks at round values.
//
// [Curves] draws named curves, such as the accuracy of several trainings
// against the epoch; [Lines] draws columns of a table, one line per value of a
// third column, with bands, error bars or the spread of repeats:
//
//	plots.Curves(bp, dfa).Titled("Training on ideal devices")
//	plots.Lines(table, "Device.LTP", "accuracy").By("rule").Band()
//	plots.Lines(pulses, "pulse", "conductance").By("direction").Spread().Each("device")
//
// From tables come also [Bars], side by side or stacked, [Heatmap] with contours,
// [Pareto] fronts with their knees marked, [Box], [Violin], [Histogram] and
// [Twin], a measurement beside its model. [Breakdown] divides a whole into its
// [Parts], [Floorplan] draws its blocks to scale, [Roofline] sets its rates under
// what bounds them, [Weights] maps a matrix, and [Grid] sets figures beside each
// other:
//
//	plots.Breakdown(report, "area", "latency", "energy")
//	plots.Pareto(table, "energy", "accuracy").By("rule").Mark("Array.ADCBits")
//
// Figures are made by chaining, so an error made on the way is kept: it shows
// when the figure is displayed, [Figure.Save] returns it, and [Figure.Err] asks
// for it.
//
// # For paper
//
// [Figure.Width] makes a figure as wide as a journal's column, [Figure.Save]
// writes it as SVG, PDF or PNG, [Figure.WithData] with its data beside it, and
// [Figure.Data] is that data as CSV:
//
//	err := figure.Width(plots.IEEEColumn).WithData().Save("fig3.pdf")
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
