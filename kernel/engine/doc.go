// Package engine runs the language in a child process, so that nothing a cell
// does can end the kernel: a [Supervisor] in the parent, the main loop [Serve] in
// the child, framed messages over pipes between them.
//
// # Pipes
//
// The child reads requests on descriptor 3 and writes events on descriptor 4,
// as frames of four bytes of length and that many bytes of JSON. Its standard
// output and standard error are pipes too, so that whatever is printed anywhere
// is caught: by interpreted and by compiled code, by the runtime as it dies, by
// programs that a cell starts.
//
// Its standard input is a pipe to itself. A thread that waits in a read of it,
// which Linux tells, makes the parent ask the user for a line; so fmt.Scan and a
// bufio.Reader on os.Stdin work as in a terminal. On other systems, and for
// programs that a cell starts, it is empty; display.Input works everywhere. Each
// cell begins with an empty one, and a cell that cannot ask is told so and finds
// the end.
//
// # Order
//
// What a cell prints and what it shows come over different pipes and must appear
// in the order in which they happened. Before each event the child writes a
// marker to both text streams; the parent delivers the event when both have come
// and reads on behind them only then. Text is never held back otherwise, but for
// the bytes of a rune that is not whole yet. A receiver that is slow slows the
// cell down instead of filling memory.
//
// What a goroutine prints and shows when its cell has ended goes to the sink of
// that cell, also while another one runs: the runtime hands a goroutine's profile
// labels on to those that it starts, and each cell has labels of its own. Only
// bytes that reach the descriptors past the session's printing functions (a Write
// on os.Stdout itself, compiled code, a program that a cell has started) belong to
// the cell that runs when they come. A run is forgotten when its last goroutine
// has been collected.
//
// # Life and death
//
// A child that dies ends its cell with an error that says why and what was lost,
// and the next child is up by then: a spare one waits, which is started 0.3 s after
// a cell. It has no session yet, so that it takes 9 MiB, and gets one in some 2 ms.
// One that dies between cells is told of when
// the next cell begins. The child is in a process group of its own, which ends
// with it; it dies with its parent, however that dies. (A program that a cell
// has started outlives a parent that was killed by SIGKILL; nobody is left to
// end it.)
//
// An interrupt cancels the context of the cell. A cell that does not end within a
// second is inside code that does not listen: the user is told, and the engine
// is restarted five seconds later or at a further interrupt.
//
// # Values
//
// The values that Run returns are rendered by display.Render in the child; a
// panic in one of their methods shows as text. Figures in the JSON parts of a
// bundle arrive in the parent as json.Number.
package engine
