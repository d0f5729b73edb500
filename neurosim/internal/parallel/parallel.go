// Package parallel spreads loops over the processors without a say in their
// result: the pieces have fixed borders, whatever the number of workers.
package parallel

// Chunk is the number of elements in a piece: its slices fit the cache of one
// core, and its work outweighs what it takes to hand it over.
const Chunk = 4096

// For calls do(first, end) for every piece of 0..n. The calls may come at the
// same time and in any order, so do writes only to what its piece owns.
func For(n int, do func(first, end int)) { Run(n, body(do)) }

// Pieces calls do(0) ... do(n-1), at the same time where processors are free. A
// panic of one of them is the caller's, which can recover from it.
func Pieces(n int, do func(i int)) {
	Each(n, body(func(first, end int) {
		for i := first; i < end; i++ {
			do(i)
		}
	}))
}

// body makes a function a Body.
type body func(first, end int)

func (b body) Do(first, end int) { b(first, end) }
