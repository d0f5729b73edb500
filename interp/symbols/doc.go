// Package symbols holds the compiled packages that a cell may import: for each
// its functions, variables and types as values that the interpreter can use, its
// type information for checking a cell, and its doc comments, all without a Go
// toolchain.
//
// The files wrap_*.go, types.zip, docs.zip and manifest.txt are generated. To add a
// package, write its import path in packages.txt, followed by a name if cells
// should see it without an import, and run
//
//	go generate ./interp/symbols
//
// Do the same when the exported API of a listed package has changed; a test says
// so when it is forgotten. What cannot be exposed: generic functions and types
// (they exist only when instantiated) and unexported names.
package symbols

//go:generate go run ./internal/gen
