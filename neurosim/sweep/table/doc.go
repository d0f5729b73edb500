// Package table has small tables of typed columns with units: what a sweep gives,
// and what figures are drawn from.
//
// A [Table] is a value that is never changed: every method returns another one,
// so that calls can be chained. A mistake on the way, such as a column that is not
// there, is kept, shown with the table, and returned by [Table.Err].
//
//	means := t.Where("rule", "DFA").Group("Device.LTP").Summary("accuracy")
//	t.Sort("-accuracy").Head(5)
//	t.Pivot("Device.LTP", "rule", "accuracy")
//
// A number that is missing is NaN in a column of numbers; it has no share in
// means, and is shown as a dash.
package table
