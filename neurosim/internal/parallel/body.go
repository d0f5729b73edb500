package parallel

// Body is the inside of a loop over elements first to end-1. A pointer to a value
// that the caller keeps makes a loop that allocates nothing, unlike a function
// literal, which is made anew in every call.
type Body interface{ Do(first, end int) }

// Run calls b.Do for every piece of 0..n, as [For] does. A panic of one is the
// caller's.
func Run(n int, b Body) { start(n, Chunk, b) }

// Each calls b.Do(i, i+1) for every i of 0..n, as [Pieces] does.
func Each(n int, b Body) { start(n, 1, b) }

// Lines calls b.Do for pieces of the lines 0..n of so many numbers each, about as many
// numbers in a piece as of Run.
func Lines(n, size int, b Body) { start(n, max(1, Chunk/max(1, size)), b) }

// Seated is the inside of a loop whose workers have room of their own: that of seat 0,
// 1 ...
type Seated interface{ DoAt(seat, i int) }

// Seats calls b.DoAt for every i of 0..n, on no more workers than these. No two calls
// with one seat come at the same time. A panic of one is the caller's.
func Seats(workers, n int, b Seated) {
	if workers = min(workers, n); workers > 1 {
		spread(workers, loop{seated: b, n: n, chunk: 1})
		return
	}
	for i := range n {
		b.DoAt(0, i)
	}
}

func start(n, chunk int, b Body) {
	if workers := min(Workers(), (n+chunk-1)/chunk); workers > 1 {
		spread(workers, loop{body: b, n: n, chunk: chunk})
		return
	}
	for first := 0; first < n; first += chunk {
		b.Do(first, min(first+chunk, n))
	}
}

// loop is what is to be done: one of both bodies.
type loop struct {
	body     Body
	seated   Seated
	n, chunk int
}

// do does a piece.
func (l *loop) do(seat, piece int) {
	if l.body == nil {
		l.seated.DoAt(seat, piece)
		return
	}
	first := piece * l.chunk
	l.body.Do(first, min(first+l.chunk, l.n))
}
