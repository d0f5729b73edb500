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
// # Measured
//
// Medians on two shared cores under a load of about 5 from other programs, with
// the best in brackets; one client over unix sockets, the built binary:
//
//	start to open sockets              37 ms (32)
//	start to kernel_info               best 38 ms; bar 60
//	empty cell                         0.82 ms (0.46); bar 1
//	1+1                                1.5 ms (0.8); bar 1.5
//	define a function and call it      1.5 ms (0.7); bar 3
//	kernel_info on control, idle       0.43 ms (0.24); bar 5
//	history, tail of 10                2.9 ms (1.6)
//	100,000 printed lines              265 ms (203) in 11 to 14 messages; bars 300 ms, 200 messages
//	50 MiB printed                     1.0 s (0.84), complete; the bar of 0.6 s is missed under this load
//	idle memory of both processes      44.7 MiB, pages in common counted once (69 MiB
//	                                   as the sum of both); bar 45. A spare child would
//	                                   take 9 MiB more of its own, so there is none
//	interrupt to the end of the cell   27 to 37 ms for a loop, a sleep and a channel; bar 50
//
// Linking SQLite changed neither the start (28 ms against 26 before, 23 against
// 24 at best, interleaved) nor 1+1 (0.94 ms against 0.97).
//
// The same figures come from BenchmarkCell, BenchmarkLines and BenchmarkBulk over
// an interpreter that costs nothing; TestSoak with CROSSBOOK_SOAK=100000 runs
// that many cells in one session: all answered, in 58 s, and the heap grew by
// nothing that shows (less than a byte a cell).
package kernel
