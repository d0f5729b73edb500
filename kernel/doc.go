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
// Medians with the best in brackets, on two cores of an otherwise idle Xeon:
//
//	what                                     measured              bar
//	start to kernel_info                     13 ms (12)            60 ms
//	memory, idle, both processes             22.9 MiB              45 MiB; 17.9 with shared pages once
//	the same after a cell, with the spare    77.3 MiB              49.8 with shared pages once
//	empty cell                               0.68 ms (0.30)        1 ms
//	1+1                                      1.1 ms (0.63)         1.5 ms
//	define a function and call it            1.4 ms (0.82)         3 ms
//	complete; inspect                        1.1 ms (0.7)          5 ms
//	100,000 printed lines                    191 ms (182)          300 ms; 12 messages, at most 200
//	the same beside a client that stalls     201 ms (178)          300 ms
//	50 MiB printed                           305 ms (283)          600 ms; memory +10 MiB, at most 20
//	interrupt of a loop                      36 ms (27)            50 ms, by message and by signal
//	interrupt of a sleep, of a channel       28 ms (27)            50 ms
//	interrupt of a training                  20 ms (13)            50 ms
//	next cell after a death of the engine    1.5 to 2.9 ms         150 ms
//	control request while a cell runs        0.23 ms (0.13)        5 ms
//	heartbeat while a cell runs              0.03 ms (0.02)        20 ms
//	100,000 cells                            116 bytes a cell      1 KiB a cell
//
// At a load of 3 1+1 took 1.6 ms.
//
// A process that has come to rest gives back the pages of the program that only its
// start needed (Rest): before, each holds some 31 MiB.
//
// ipykernel 6.17 took, in the same rounds, 52 times as long to start, 3 times for
// an empty cell, 1+1, a completion and an inspection, as long for the lines and 1.3
// times as long for the 50 MiB. That was measured under a load of 6 to 18. gophernotes
// and GoNB were not compared.
//
// In the soak every cell declares, prints and shows. yaegi keeps the syntax tree
// of every cell for its debugger, 29 KB of a small one; the session drops that, and the
// line tables of statements that have run. What is left is the slack of the collector in
// the first thousands of cells. The kernel alone, over an interpreter that costs nothing
// (TestSoak with CROSSBOOK_SOAK=100000), grows by less than a byte a cell.
//
// TestMutatedHandshakes with CROSSBOOK_MUTATIONS=100000 tries that many broken
// handshakes: no death, and new clients are served throughout. make fuzz fuzzes
// greetings, frames, messages, contents and the pipes of the engine.
package kernel
