// Package kernel speaks the Jupyter protocol: it owns the sockets, the replies
// and the life cycle, and knows the language only through [Interpreter].
//
// # Protocol
//
// Version 5.5 of the messaging protocol: every request on shell and control is
// answered between busy and idle, subscribers of iopub are welcomed, cursors
// count code points. There is no debugger, and debug_request is refused in its
// own words. Subshells answer completions, inspections, history and comms while a
// cell runs; they run no cells, because cells share one interpreter, so the feature is
// not announced and an execute_request there is refused. Outputs are not kept in
// the history. Cells open, accept and close comms by the package display
// ([Conversant]). A kernel that is told JPY_PARENT_PID ends with that process.
//
// A launcher may write a registration file in the place of a connection file
// (Jupyter enhancement proposal 66, "Kernel Handshaking pattern"): the kernel then
// chooses its ports, leaves a connection file for other clients beside it, and ends
// unless the launcher takes note within 10 s.
//
// Connections can be encrypted by CURVE, when the connection file has keys. A cell
// that prints more than Jupyter Server passes on is told so.
//
// # Subshells
//
// "Kernel subshells" (Jupyter enhancement proposal 91) are to run cells beside
// each other. The session behind this kernel compiles into one interpreter with one
// running cell, whose position, values and interruption belong to that cell; two at
// once would mix them up. So a subshell serves everything but cells.
//
// # The spare engine
//
// A restart of the engine costs a few milliseconds because the next process waits
// already. It is started 0.3 s after a cell, so that an idle kernel that has run
// nothing is two processes, and it has no session, so that it takes 9 MiB and not
// more. A cell that does not heed an interrupt has it started at once.
//
// # Measured
//
// One command prints the table, another one compares with ipykernel, each operation
// on one kernel after the other in every round; -cells soaks:
//
//	go run ./kernel/kerneltest/figures
//	go run ./kernel/kerneltest/figures -table=false -against -cells 100000
//
// # FIGURES
//
// In that soak every cell declares, prints and shows. yaegi keeps the syntax tree
// of every cell for its debugger, 29 KB of a small one; the session drops that. What
// is left, some 0.6 KB of live heap a cell, are the line tables of the file sets of
// go/token, yaegi's among them, to which positions in later errors refer, and the
// slack of the collector. The kernel alone, over an interpreter that costs nothing
// (TestSoak with CROSSBOOK_SOAK=100000), grows by less than a byte a cell.
//
// TestMutatedHandshakes with CROSSBOOK_MUTATIONS=100000 tries that many broken
// handshakes: no death, and new clients are served throughout. make fuzz fuzzes
// greetings, frames, messages, contents and the pipes of the engine.
package kernel
