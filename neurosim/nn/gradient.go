package nn

import (
	"crossbook/neurosim/array"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// What errors and inputs of 8 bits add up to in a gradient is exact, and is rounded once.
// A chain of floating point, which is what it is otherwise, rounds nothing as long as no
// sum in it can reach 2^24 steps: one of so many products never can.
const sureChain = (1<<24 - 1) / (mostWhole * mostWhole)

// gradient makes the gradient of the weights in dw, given the errors e of all sums.
func (s *weighing) gradient(dw, e, x Matrix) simd.Live {
	whole := s.layer.idle(array.Gradient)
	deep := len(e.Data)/s.layer.Out > sureChain
	switch {
	case s.patches == nil && !(whole && deep):
		return s.layer.gradient(dw, e.by(s.layer.Out), x.by(s.layer.In), false)
	case whole && s.wholes.gradient(s.layer, dw, e, x):
	case whole && deep && s.wholes.onGrids(s.layer, e, x) && !s.wholes.outer(e.by(s.layer.Out)).Sure():
		s.gradientByShortChains(dw, e, x)
	default:
		begun := false
		s.eachPiece(e, x, func(group int, from, rows Matrix) {
			part := s.layer.group(group)
			s.part = part.gradient(part.of(dw, group), from, rows, begun)
			s.part.Whole()
			begun = begun || group == s.layer.lastGroup()
		})
	}
	return dw.view().Live()
}

// gradientByShortChains adds up chains in which nothing is rounded, in double precision.
func (s *weighing) gradientByShortChains(dw, e, x Matrix) {
	t := &s.total
	t.begin(len(dw.Data))
	s.eachPiece(e, x, func(group int, from, rows Matrix) {
		part := s.layer.group(group)
		for first := 0; first < rows.Rows; first += sureChain {
			end := min(first+sureChain, rows.Rows)
			t.part = t.part.room(part.Out, dw.Cols, len(dw.Data))
			t.part.TProduct(from.between(first, end), rows.between(first, end))
			t.add(group * part.Out * dw.Cols)
		}
	})
	t.end(dw.Data)
}

// eachPiece goes through the errors of a batch and what they meet: the inputs, or the patches
// of some lines and a group.
func (s *weighing) eachPiece(e, x Matrix, do func(group int, from, rows Matrix)) {
	if s.patches == nil {
		do(0, e.by(s.layer.Out), x.by(s.layer.In))
		return
	}
	lines := s.patches.lines(x.Rows)
	for first := 0; first < lines; first += s.patches.capacity {
		end := min(first+s.patches.capacity, lines)
		dy := s.piece(e, first, end)
		for group := range s.layer.lastGroup() + 1 {
			from := s.ofGroup(dy)
			from.getColumns(group*from.Cols, dy)
			do(group, from, s.gather(x, group, first, end))
		}
	}
}

// lastGroup is the number of the last group of weights, 0 of the only one.
func (l *Weights) lastGroup() int { return max(1, len(l.groups)) - 1 }

// group is the weights of a group: all, where there is one.
func (l *Weights) group(i int) *Weights {
	if l.groups == nil {
		return l
	}
	return l.groups[i]
}

// of is the rows of a matrix of all weights that are of group i, which l is.
func (l *Weights) of(m Matrix, i int) Matrix { return m.between(i*l.Out, (i+1)*l.Out) }

// between is some rows, not a copy.
func (m Matrix) between(first, end int) Matrix {
	return Matrix{end - first, m.Cols, m.Data[first*m.Cols : end*m.Cols]}
}

// total is a sum in double precision. It is the body of its loops.
type total struct {
	sum  []float64
	part Matrix // to be added
	at   int    // where that begins
	to   []float32
}

func (t *total) begin(size int) {
	if cap(t.sum) < size {
		t.sum = make([]float64, size)
	}
	t.sum = t.sum[:size]
	clear(t.sum)
}

// add adds the part to what is there from a place on.
func (t *total) add(at int) {
	t.at, t.to = at, nil
	parallel.Run(len(t.part.Data), t)
}

// end rounds the sum.
func (t *total) end(to []float32) {
	t.to = to
	parallel.Run(len(to), t)
}

func (t *total) Do(first, end int) {
	for i := first; i < end && t.to != nil; i++ {
		t.to[i] = float32(t.sum[i])
	}
	for i := first; i < end && t.to == nil; i++ {
		t.sum[t.at+i] += float64(t.part.Data[i])
	}
}
