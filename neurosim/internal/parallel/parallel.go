// Package parallel spreads loops over the processors without a say in their
// result: the pieces have fixed borders, whatever the number of workers.
package parallel

import (
	"sync"
	"sync/atomic"
)

// Chunk is the number of elements in a piece: its slices fit the cache of one
// core, and its work outweighs the start of a goroutine.
const Chunk = 4096

// For calls do(first, end) for every piece of 0..n. The calls may come at the
// same time and in any order, so do writes only to what its piece owns.
func For(n int, do func(first, end int)) {
	pieces := (n + Chunk - 1) / Chunk
	Pieces(pieces, func(i int) { do(i*Chunk, min((i+1)*Chunk, n)) })
}

// Pieces calls do(0) ... do(n-1), at the same time where processors are free. A
// panic of one of them is the caller's, which can recover from it.
func Pieces(n int, do func(i int)) {
	workers := min(Workers(), n)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	var failed atomic.Pointer[any]
	for range workers {
		group.Go(func() {
			defer func() {
				if problem := recover(); problem != nil {
					kept := problem // of its own: else every call would make room for one
					failed.CompareAndSwap(nil, &kept)
				}
			}()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
	if problem := failed.Load(); problem != nil {
		panic(*problem)
	}
}
