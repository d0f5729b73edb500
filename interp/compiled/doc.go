// Package compiled builds the functions of a cell with the Go toolchain of the
// machine and calls them in a process of their own. It knows no session: it gets
// the source as a Go program, and the arguments as reflect has them.
//
// A [Builder] makes a program of the source and of the packages wire and child,
// without cgo and without the network, and keeps it under the hash of all that; the
// same source is not built twice. A [Code] is a program with the process that runs
// it, which starts at the first call and again after it has died. Arguments and
// results cross as package wire says.
package compiled
