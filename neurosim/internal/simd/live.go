package simd

import "crossbook/neurosim/internal/parallel"

// Live is a matrix without the rows and columns that are known to be zero.
type Live struct {
	Some    Matrix  // what may not be zero
	Rows    []int32 // of Some, for each row of the whole; -1: zeros
	Columns *Subset // of the whole, that are those of Some; nil: as they are

	whole Matrix // or room for that
	parts bool   // the whole is not made yet
}

// Live is the matrix with nothing left out.
func (m Matrix) Live() Live { return Live{whole: m} }

// In is l as what is left of a matrix, for which there is room. The rows of that are one
// behind the other.
func (l Live) In(room Matrix) Live {
	l.whole, l.parts = room, true
	return l
}

// Part returns numbers first to end of the whole, row by row: not a copy, or made in room,
// which has as many or more; nil if all are zero.
func (l *Live) Part(room []float32, first, end int) []float32 {
	if !l.parts {
		return l.whole.Data[first:end]
	}
	some, wide := false, l.whole.Cols
	for at := first; at < end; {
		row := at / wide
		next := min((row+1)*wide, end)
		if l.fill(room[at-first:next-first], row, at-row*wide) {
			some = true
		}
		at = next
	}
	if !some {
		return nil
	}
	return room[:end-first]
}

// fill sets to to what lies in a row from a column on, and says whether any of it may not
// be zero.
func (l *Live) fill(to []float32, row, first int) bool {
	at := l.Rows[row]
	if at < 0 {
		clear(to)
		return false
	}
	from := l.Some.Data[int(at)*l.Some.Stride:][:l.Some.Cols]
	if l.Columns == nil {
		copy(to, from[first:])
		return true
	}
	l.Columns.Spread(to, from, first)
	return true
}

// Whole returns all of the matrix, with its zeros.
func (l *Live) Whole() []float32 {
	if l.parts {
		parallel.Lines(l.whole.Rows, l.whole.Cols, l)
		l.parts = false
	}
	return l.whole.Data
}

// Do fills some rows of the whole.
func (l *Live) Do(first, end int) {
	for i := first; i < end; i++ {
		l.fill(l.whole.Data[i*l.whole.Cols:][:l.whole.Cols], i, 0)
	}
}
