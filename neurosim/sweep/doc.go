// Package sweep runs an experiment over and over with some of its fields varied,
// and gathers what comes of it in a table.
//
// A [Grid] has a base experiment and axes. An axis sets fields, named by their
// paths, to one value after the other:
//
//	t := sweep.Grid{
//		Base: exp,
//		Axes: []sweep.Axis{
//			sweep.Field("Device.LTP", sweep.Linspace(0, 6, 13)...).Along("Device.LTD", -1),
//			sweep.Rules("BP", "DFA"),
//		},
//		Repeats: 5,
//	}.MustRun(ctx)
//	plots.Lines(t, "Device.LTP", "accuracy").By("rule").Band()
//
// Every field of neurosim.Experiment can vary, at any depth: "Device.LTP",
// "Train.Batch", "Net", "Rule.Feedback"; and with "Chip.Node" or [Chips] the chip on
// which each training is priced. All points are checked before the first one runs.
//
// No training runs twice: points that differ in nothing that it depends on share
// one, and results are kept in the project's store (see package store), where every
// later sweep finds them. A point that fails is a row with its error. An interrupt,
// or the end of the process, keeps what is done: run the grid again to go on.
//
// # Columns
//
// The table has the columns of the axes, "seed", and of the results: "accuracy"
// (test accuracy after the last epoch, %), "loss" (on the test images), "epochs"
// (finished), one for each of Grid.Measures, where a chip is given "area" (mm²),
// "latency" (s) and "energy" (J) of an epoch of training, or of one image with
// Chip.Inference, and "TOPS/W", and at last "error".
package sweep
