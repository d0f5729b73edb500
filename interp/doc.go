// Package interp runs the cells of a notebook, which are Go, one after another
// over the interpreter yaegi. It knows nothing of Jupyter.
//
// A cell goes through these steps; the first error rejects it whole, and then it
// has changed nothing:
//
//	split   into declarations and statements, which Go does not mix (split.go)
//	hoist   variables of the top level to package level (hoist.go)
//	check   with go/types, against what the session keeps of earlier cells and
//	        the type information of the compiled packages (check.go, keep.go)
//	lower   to Go that yaegi runs right (lower*.go)
//	emit    under names of their own, so that everything can be declared anew
//	        (emit.go)
//	run     the statements as a function, until they end or the context is
//	        cancelled (run.go)
//
// # Declaring again
//
// The newest declaration of a name wins. A variable of the same type is the same
// variable: functions of earlier cells see its new value. One of another type is
// another variable, and so is a new version of a type another type: earlier
// variables keep the type they had. A function declared again takes effect in the
// functions of earlier cells that use it, as long as they still compile with it;
// so does a constant, a type, a variable of another type. A method declared again
// takes effect for the values that exist.
//
// # What is not Go
//
// Unused variables and imports are allowed. Every cell sees ctx, a
// context.Context that an interrupt cancels, and the packages of the prelude. A
// named type that is not a struct loses its name inside an interface; a nil
// pointer in an interface equals nil; methods of interpreted types are invisible
// to reflection, so that fmt finds a String method only on its direct arguments.
package interp
