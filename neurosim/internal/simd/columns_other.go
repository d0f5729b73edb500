//go:build !amd64

package simd

// fastRead makes the reads, if this processor can.
func (*ColumnRead) fastRead() bool { return false }

// fastSpan finds the spans, if this processor can.
func (*ColumnRead) fastSpan() bool { return false }

// columnSet is an instruction set's kernels of column reads: none.
type columnSet struct{ wide, narrow bool }

var columnKernels columnSet

func (t *TableRead) fastRead(*tableRead) { t.readPortable() }
