package nn

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// live makes the products of a dense layer without what is zero in a whole batch: units
// that are silent for all images, and errors that are rounded away for all of them. A
// product that is zero leaves a sum of finite products as it is, to the bit, so nothing
// shows in the result but the time.
type live struct {
	ins, outs simd.Subset // of the inputs and the outputs, those that are not all zero

	x, e   Matrix // the columns of inputs and errors
	w      Matrix // the rows or columns of the weights
	dw     Matrix // the gradient
	rows   []int32
	picker picker
}

// mostLive is the share of the columns, in quarters, up to which it pays to leave the
// others out, and mostLines the lines of a batch up to which weights are worth moving.
const (
	mostLive  = 3
	mostLines = 1024
)

// sparing is the live products of a layer, nil where they do not serve: they need
// weights that are known to be finite, and convolutions have hardly a column of zeros.
func (l *Weights) sparing(lines int) *live {
	if l.bits >= Float || l.Window != (Window{}) || lines > mostLines || l.In < 8 || l.Out < 8 {
		return nil
	}
	if l.live == nil {
		l.live = &live{}
	}
	return l.live
}

// few finds the columns of m that are not all zero, and says whether they are few.
func few(columns *simd.Subset, m Matrix) bool {
	columns.Find(m.view())
	return 4*len(columns.List) <= mostLive*m.Cols
}

// forward sets y = x Wᵀ, if that pays.
func (v *live) forward(y, x, w Matrix) (done bool) {
	if v == nil {
		return false
	}
	if !few(&v.ins, x) {
		return false
	}
	v.x = v.picked(v.x, x, &v.ins, false)
	v.w = v.picked(v.w, w, &v.ins, false)
	y.ProductT(v.x, v.w)
	return true
}

// backward sets dx = dy W, if that pays.
func (v *live) backward(dx, dy, w Matrix) (done bool) {
	if v == nil {
		return false
	}
	if !few(&v.outs, dy) {
		return false
	}
	v.e = v.picked(v.e, dy, &v.outs, false)
	v.w = v.picked(v.w, w, &v.outs, true)
	dx.Product(v.e, v.w)
	return true
}

// gradient is eᵀ x, if that pays; the whole of it may be dw.
func (v *live) gradient(dw, e, x Matrix) (g simd.Live, done bool) {
	if v == nil {
		return g, false
	}
	fewOuts, fewIns := few(&v.outs, e), few(&v.ins, x)
	if !fewOuts && !fewIns {
		return g, false
	}
	v.e = v.picked(v.e, e, &v.outs, false)
	g.Rows = v.places(dw.Rows)
	if fewIns {
		v.x = v.picked(v.x, x, &v.ins, false)
		x, g.Columns = v.x, &v.ins
	}
	v.dw = v.dw.room(len(v.outs.List), x.Cols, len(dw.Data))
	v.dw.TProduct(v.e, x)
	g.Some = v.dw.view()
	return g.In(dw.view()), true
}

// places is where the outputs are in the list of those that are not all zero.
func (v *live) places(outputs int) []int32 {
	v.rows = v.rows[:0]
	for range outputs {
		v.rows = append(v.rows, -1)
	}
	for k, i := range v.outs.List {
		v.rows[i] = int32(k)
	}
	return v.rows
}

// room is a matrix over the numbers of m, or over as many new ones as it may ever need.
func (m Matrix) room(rows, cols, most int) Matrix {
	if cap(m.Data) < rows*cols {
		m.Data = make([]float32, most)
	}
	return Matrix{rows, cols, m.Data[:rows*cols]}
}

// picked copies these columns of from, or the rows of their numbers.
func (v *live) picked(to, from Matrix, columns *simd.Subset, rows bool) Matrix {
	if rows {
		to = to.room(len(columns.List), from.Cols, len(from.Data))
	} else {
		to = to.room(from.Rows, len(columns.List), len(from.Data))
	}
	v.picker = picker{to: to, from: from, columns: columns, rows: rows}
	parallel.Lines(to.Rows, to.Cols, &v.picker)
	return to
}

// picker is the body of these loops.
type picker struct {
	to, from Matrix
	columns  *simd.Subset
	rows     bool
}

func (p *picker) Do(first, end int) {
	if !p.rows {
		p.columns.Pick(p.to.lines(first, end), p.from.lines(first, end))
		return
	}
	for i := first; i < end; i++ {
		copy(p.to.Row(i), p.from.Row(int(p.columns.List[i])))
	}
}

// lines is some rows as the kernels see them.
func (m Matrix) lines(first, end int) simd.Matrix {
	return Matrix{end - first, m.Cols, m.Data[first*m.Cols : end*m.Cols]}.view()
}
