// Package architecture tests the house rules: which package may import which,
// how long a function or a file may be, what the top of the tree holds, and that
// everything exported is documented. A rule that must be broken is broken by
// name, with the reason, in the tables of its test.
package architecture
