// Package interp runs the cells of a notebook, which are Go, one after another
// over the interpreter yaegi. It knows nothing of Jupyter.
//
// A cell goes through these steps, each a package that knows those above it at most;
// the first error rejects the cell whole, and then it has changed nothing:
//
//	split     into declarations and statements, which Go does not mix
//	cell      made one file again: variables of the top level at package level,
//	          statements in a function, imports resolved
//	check     with go/types, beside what the session keeps of earlier cells and the
//	          type information of the compiled packages; functions of earlier cells
//	          that use what is declared anew come back
//	generics  copied for each of their instances
//	lower     to Go that yaegi runs right
//	emit      under names of their own, so that everything can be declared anew, as the
//	          tree that the interpreter would have read from text
//	run       the statements as a function, until they end or the context is
//	          cancelled
//
// Between cells the session keeps a world of declarations, in all versions that
// something still refers to (package world), and the interpreter (package run).
// Package packages has the types of what cells import; packages naming, syntax and
// value are tools that several steps share; package assist helps in writing cells.
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
// # Compiled cells
//
// A cell whose first line is %compile is built by the Go toolchain of the machine,
// without cgo and without the network, and its functions and methods are called in
// a process of their own, at compiled speed: a product of matrices of 128 rows, arrays
// there and back included, 50 times as fast as interpreted or more, a recurrence of a
// million steps 24 times (BenchmarkCompile). A call takes about 0.1 ms, as long as 150
// calls of an interpreted function, and a million float64 take 8 ms more to come in
// and 20 ms to come in and back changed; so the hot loop belongs inside the compiled
// function. The same source is built once: programs are kept under the hash of what they are made
// of, in crossbook/compiled of the user's cache folder, 512 MiB of them. On a machine
// without Go, or with one before 1.23, the cell is rejected, and the message says
// where Go was looked for; without the line the cell runs interpreted.
//
// The cell has declarations only. They may use types, constants, functions and
// methods of earlier cells, which are built in, and packages of the standard library.
// They see no variables of the session, and no packages of Crossbook, gonum or the
// notebook's module. What the compiler wants, such as no unused variables, they must
// keep. Functions of a compiled cell are declared anew as others are; when something
// that they use is, they are built again.
//
// Arguments are copied into the process and results out of it: numbers, booleans,
// strings, structs, arrays, slices, maps, pointers and errors, in any combination,
// slices of numbers as the bytes that they are. What a call has changed in the memory
// of its arguments is changed there when it returns, or panics, and nothing else is
// written: calls in parallel may read the same slice and write parts of one. Slices that
// overlap do so on the other side, what refers to itself does, and results that are
// part of an argument are part of it in the cell. Not so: the process does not see what
// the cell changes while it runs, what it does to an argument once the call has
// returned is lost, a slice has no capacity beyond what the arguments cover, and a
// pointer to a field does not cross together with the struct that has it. An
// error keeps its text, and remains io.EOF, context.Canceled and a few more if it was
// (wire.Sentinels). A parameter of type context.Context ends when the argument does; its
// values do not cross. Functions, channels, other interfaces and structs with hidden
// fields of packages, such as time.Time, do not cross: a function with such a
// parameter or result, and a generic one, can be called by functions of its cell
// alone, and if none does, the cell is rejected.
//
// Variables of the cell live in the process, where only its functions see them. They
// have their first values again when the process starts anew: when the cell runs
// again, and after an interrupt or the end of the process, of which the user is told.
// A panic is that of the cell that called, with its line in the compiled one; os.Exit, a
// fatal error and a panic in a goroutine of the process are the calling cell's error
// too, and the next call starts it again. An interrupt ends the process, after half a
// second if the function takes a context. What compiled code prints belongs to the
// cell that runs then. The process ends with the session, however that ends.
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
//	probes of notebooks, testdata/probes       481 of 486 (99.0 %)
//	Go's own programs, "// run" in GOROOT/test  875 of 959 (91.2 %), generics 136 of 140 (97.1 %)
//	Go's invalid programs, "// errorcheck"      499, none accepted
//	corners of the language, testdata/programs  54 programs, no difference
//	random programs against the compiler       10,000, no difference
//
// CI runs the probes, the invalid programs, every twelfth of Go's programs and
// some random ones; CROSSBOOK_GO_PROGRAMS=all and CROSSBOOK_RANDOM_PROGRAMS=10000
// run more. Go's programs are those of Go 1.26 that are one file and import only
// the standard library, at 30 s of the processor each; the invalid ones those for this
// system, but issue4776.go, whose only fault is that it has no package clause.
//
// A small cell takes 0.15 to 0.3 ms, so does one after 10,000 others, and a cell of 500
// lines 8.5 to 12 ms, 5 ms of them without the garbage collector (BenchmarkLongCell;
// most of it is the interpreter's own compilation). A cell that keeps nothing
// new retains less than 1 KiB. Loops and calls run as fast as in the interpreter
// alone, at the geometric mean of BenchmarkKernels 1.07 to 1.2 times as fast: methods
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
// Unused variables and imports are allowed, but in a cell with a package clause: that
// is a file of Go, and held to all that the compiler wants of one. Generic code is
// copied for each of its instances. What is not Go: methods of interpreted types are
// invisible to reflection: packages fmt, log and encoding/json use them as in Go (but for
// the methods of a logger that are kept as values), log/slog refuses values with them unless
// they come in others, errors.As finds them,
// but other packages see only those of their direct arguments; reflect sees a named
// type that is not a struct as the type below it, and one that is made of itself, as in
// type T []T, as a struct inside other values; errors about indices lack the numbers
// where several of a statement are out of range, and those about assertions call the
// interface "interface {}". Refused, or errors when they run, are a struct T with
// functions of itself inside another type, as a []func(*T) (a field of type func(*T)
// works), and with a field such as map[*U]*T where U refers to itself too; keys of maps, and
// the comparison of structs and arrays, with an interface that has methods inside (of such
// reflect.DeepEqual says that they differ even if they do not), a struct without a name in an interface where yaegi
// would promote another method, values for encoding/xml, encoding/gob and
// templates in which these would miss a method or meet such a type, compiler directives that embed
// files or link names, and generic functions of compiled packages other than those
// of the standard library that the session has as source. A panic in a goroutine that a
// cell started, or in a function that it handed to a compiled package, is
// reported; one in a method that compiled code calls on a goroutine of its own
// ends the process, and so do endless recursion and concurrent writes to a map.
package interp
