// Package generics makes a cell without generic code: each instance of a generic
// function or type becomes a copy of its source, those of the standard library from
// source that is embedded here, and types declared in functions become ones of the
// package.
package generics
