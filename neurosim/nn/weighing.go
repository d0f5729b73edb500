package nn

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// weighing is a layer with weights in a pass. A convolution goes through its maps in
// pieces of patches, each of which is to its weights what a batch is to those of a
// dense layer; so all that is multiplied by weights goes through the three methods
// forward, backward and gradient of [Weights], unless numbers are whole: see wholes.
type weighing struct {
	layer   *Weights
	through *Weights  // that carries errors back: the layer itself, or what stands for it
	patches *patches  // nil: dense, or a convolution whose patches are its pixels
	sums    Matrix    // of one group
	part    simd.Live // of one group, by one piece
	wholes  wholes
	total   total
}

func newWeighing(n *Network, k, images int) step {
	s := &weighing{layer: n.Layers[n.nodes[k].layer]}
	s.through = s.layer
	if w := s.layer.Window; w != (Window{}) && !w.plain() {
		s.patches = newPatches(s.layer.Shape, images, s.layer.room())
		if w.Groups > 1 {
			s.sums = NewMatrix(s.patches.rows.Rows, s.layer.Out/w.Groups)
		}
	}
	s.wholes = newWholes(s.layer, images)
	return s
}

func (s *weighing) forward(_ *Pass, at *nodePass) {
	if s.wholes.forward(s.layer, at.y, at.x) {
		return
	}
	if s.patches == nil {
		s.layer.forward(at.y.by(s.layer.Out), at.x.by(s.layer.In))
		return
	}
	lines := s.patches.lines(at.x.Rows)
	for first := 0; first < lines; first += s.patches.capacity {
		end := min(first+s.patches.capacity, lines)
		y := s.piece(at.y, first, end)
		for group := range s.layer.lastGroup() + 1 {
			part, to := s.layer.group(group), s.ofGroup(y)
			part.forward(to, s.gather(at.x, group, first, end))
			y.setColumns(group*part.Out, to)
		}
	}
}

func (s *weighing) backward(dx Matrix, _ *Pass, at *nodePass) {
	if s.wholes.backward(s.through, dx, at.dy) {
		return
	}
	if s.patches == nil {
		s.through.backward(dx.by(s.layer.In), at.dy.by(s.layer.Out))
		s.through.rescale(dx)
		return
	}
	lined := s.wholes.line(s.through, at.dy)
	lines := s.patches.lines(dx.Rows)
	for first := 0; first < lines; first += s.patches.capacity {
		end := min(first+s.patches.capacity, lines)
		dy := s.piece(at.dy, first, end)
		for group := range s.layer.lastGroup() + 1 {
			part, rows := s.through.group(group), s.patches.piece(first, end)
			if !lined || !s.wholes.backwardLines(part, rows, first*s.patches.OutWidth(), group) {
				from := s.ofGroup(dy)
				from.getColumns(group*part.Out, dy)
				part.backward(rows, from)
			}
			s.scatter(dx, group)
		}
	}
	s.through.rescale(dx)
}

// piece is the sums of some lines, one position a row.
func (s *weighing) piece(sums Matrix, first, end int) Matrix {
	wide := s.patches.OutWidth()
	return Matrix{
		(end - first) * wide, s.layer.Out,
		sums.Data[first*wide*s.layer.Out : end*wide*s.layer.Out],
	}
}

// ofGroup is room for the sums of one group, or all sums if there is one group only.
func (s *weighing) ofGroup(all Matrix) Matrix {
	if s.patches.Groups == 1 {
		return all
	}
	return resize(s.sums, all.Rows)
}

// gather returns the patches of some lines.
func (s *weighing) gather(maps Matrix, group, first, end int) Matrix {
	rows := s.patches.piece(first, end)
	s.patches.maps, s.patches.group, s.patches.scatter = maps, group, false
	parallel.Each(end-first, s.patches)
	return rows
}

// scatter adds the patches at hand to the maps that they lie on, which those of the first
// group and the first line of a map begin.
func (s *weighing) scatter(maps Matrix, group int) {
	p := s.patches
	p.maps, p.group, p.scatter = maps, group, true
	images := (p.end-1)/p.OutHeight() - p.first/p.OutHeight() + 1
	parallel.Each(images*p.Height, p)
}

// by sees the numbers of a matrix as rows of another length.
func (m Matrix) by(columns int) Matrix { return Matrix{len(m.Data) / columns, columns, m.Data} }

// setColumns copies a into the columns from first on, unless it is m itself.
func (m Matrix) setColumns(first int, a Matrix) {
	for i := 0; i < m.Rows && !same(m, a); i++ {
		copy(m.Row(i)[first:], a.Row(i))
	}
}

// getColumns copies from the columns of a, unless it is m itself.
func (m Matrix) getColumns(first int, a Matrix) {
	for i := 0; i < m.Rows && !same(m, a); i++ {
		copy(m.Row(i), a.Row(i)[first:])
	}
}

// same says whether two matrices are the same memory.
func same(a, b Matrix) bool { return len(a.Data) > 0 && len(b.Data) > 0 && &a.Data[0] == &b.Data[0] }
