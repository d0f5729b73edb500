// Package interp runs the cells of a notebook, which are Go, one after another
// over the interpreter yaegi. It knows nothing of Jupyter.
//
// A cell goes through these steps; the first error rejects it whole, and then it
// has changed nothing:
//
//	split   into declarations and statements, which Go does not mix (package split)
//	hoist   variables of the top level to package level (hoist.go)
//	check   with go/types, against what the session keeps of earlier cells and
//	        the type information of the compiled packages (check.go, keep.go)
//	lower   to Go that yaegi runs right (lower*.go)
//	emit    under names of their own, so that everything can be declared anew
//	        (emit.go)
//	run     the statements as a function, until they end or the context is
//	        cancelled (package run)
//
// # Declaring again
//
// The newest declaration of a name wins. A variable of the same type is the same
// variable: functions of earlier cells see its new value. One of another type is
// another variable. A type declared again word for word is the same type; in other
// words it is another type, and earlier variables keep the one they had. A function declared again takes effect in the
// functions of earlier cells that use it, as long as they still compile with it;
// so does a constant, a type, a variable of another type. A method declared again
// takes effect for the values that exist, as long as it has the signature it had.
// What no later cell can see again, the session forgets.
//
// # Packages of the notebook's module
//
// A cell imports, beyond the compiled packages, those of the module whose go.mod
// lies in the working folder or above it, and of its vendor folder. They are read as
// source, checked as packages of their own, and run by the interpreter as if a cell
// had declared them: no Go toolchain is needed, and none is used. An import in a
// cell reads the files that have changed since, and what uses them takes the new;
// a cell without that import goes on with what was read before. Files for other
// systems and those that need cgo are left out as go build leaves them out;
// functions in assembly, programs, cycles and imports with a dot are errors. Go's
// language version in go.mod and replace directives are not looked at.
//
// # Interrupts
//
// Every cell sees ctx, a context.Context that an interrupt cancels. What takes it
// may then return, and for a short while the cell goes on and keeps what it got;
// then its code is stopped wherever it is, asleep, waiting for a channel, a mutex
// or a WaitGroup. Only a compiled function that neither takes a context nor ends
// holds it up. A ctx that a cell declares itself is that cell's alone. A goroutine
// that outlives its cell runs on, until a later cell is interrupted; one that is
// inside compiled code then goes on when that returns.
//
// # Help in writing
//
// Complete, Inspect and Variables know what the session's last cell left: its
// type-checked objects, which never change, with the types and doc comments of
// the compiled packages, and the values of variables. They need no Go toolchain,
// take well under a millisecond, a few in a session of thousands of names, work on
// code that is not finished, and may be called while a cell runs. Values and keys of maps are shown only while neither
// a cell nor a goroutine that one has started runs; callbacks that compiled code
// makes on goroutines of its own are not known to the session. Comments in the
// cell at hand are found once it has run.
//
// # What is compared with Go
//
// The tests run, each against a list of what is known to fail and why, both ways:
//
//	probes of notebooks, testdata/probes       444 of 453 (98.0 %)
//	Go's own programs, "// run" in GOROOT/test  833 of 958 (87.0 %), generics 129 of 140 (92.1 %)
//	Go's invalid programs, "// errorcheck"      503, none accepted but 15 that are invalid
//	                                           by rules that a notebook has not
//	random programs against the compiler       10,000, no difference
//
// CI runs the probes, the invalid programs, every twelfth of Go's programs and
// some random ones; CROSSBOOK_GO_PROGRAMS=all and CROSSBOOK_RANDOM_PROGRAMS=10000
// run more. Go's programs are those of Go 1.26 that are one file and import only
// the standard library, at 30 s of the processor each.
//
// A small cell takes about half a millisecond, so does one after 10,000 others,
// and a cell of 500 lines under 20 ms on a busy machine. A cell that keeps nothing
// new retains less than 1 KiB. Loops and calls run as fast as in the interpreter
// alone, at the geometric mean of BenchmarkKernels 1.15 times as fast: methods
// gain most.
//
// # Errors at run time
//
// A panic shows the functions on its way and their cells: the innermost with the
// line that it had reached, the others with the line of the call where only one
// calls the next, else with that of their declaration. Goroutines may blur the
// line, and then it is not shown.
//
// # Limits
//
// Unused variables and imports are allowed, and generic code is copied for each of
// its instances. What is not Go: a named type that is not a struct loses its name
// inside an interface; a nil pointer in an interface of a compiled package, as
// error is one, equals nil; a float argument of a function loses the sign of a
// negative zero; methods of interpreted types are invisible to reflection: package
// fmt prints them as Go does, errors.As finds them, but encoders see only those of
// their direct arguments; the texts of index errors lack the numbers. Refused are
// a type made of itself without a struct between, compiler directives that embed
// files or link names, and generic functions of compiled packages other than those
// of the standard library that the session has as source. A panic in a goroutine that a
// cell started, or in a function that it handed to a compiled package, is
// reported; one in a method that compiled code calls on a goroutine of its own
// ends the process, and so do endless recursion and concurrent writes to a map.
// A function with a type switch or an assertion to an interface does not know types
// that later cells declare.
package interp
