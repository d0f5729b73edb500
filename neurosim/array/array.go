package array

import (
	"fmt"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/simd"
)

// Matrix is a row-major matrix over a slice of Rows x Cols numbers.
type Matrix struct {
	Rows, Cols int
	Data       []float32
}

// NewMatrix returns a matrix of zeros.
func NewMatrix(rows, cols int) Matrix { return Matrix{rows, cols, make([]float32, rows*cols)} }

// Row returns row i, not a copy.
func (m Matrix) Row(i int) []float32 { return m.Data[i*m.Cols : (i+1)*m.Cols] }

func (m Matrix) view() simd.Matrix {
	return simd.Matrix{Rows: m.Rows, Cols: m.Cols, Stride: m.Cols, Data: m.Data}
}

// loop is the body of a parallel loop, a method value that is made once.
type loop func(first, end int)

// Do works on elements first to end-1.
func (l loop) Do(first, end int) { l(first, end) }

// seated is the body of one whose workers have room of their own.
type seated func(seat, i int)

// DoAt works on element i in the room of a seat.
func (s seated) DoAt(seat, i int) { s(seat, i) }

// resized returns a matrix of rows x cols, over the old numbers where they suffice.
func (m Matrix) resized(rows, cols int) Matrix {
	if cap(m.Data) < rows*cols {
		return NewMatrix(rows, cols)
	}
	return Matrix{rows, cols, m.Data[:rows*cols]}
}

// Build says how to make an array.
type Build struct {
	Config
	Device device.Analog // whose OnOff counts here

	In, Out int // inputs and outputs of the layer

	Seed  uint64 // of everything random
	Layer int    // that the array belongs to: another layer, other numbers

	// Reference reads as another simulator does: V21, V14 or V15. "" is correct physics.
	Reference Reference

	// Positions is the places in a convolution's kernel; an input's number is place x
	// channels + channel. 0 means 1. The references put every place in subarrays of its
	// own.
	Positions int
}

// Array is the cells of a layer's weights with their circuits. Its methods must not
// be called at the same time; each uses all processors.
type Array struct {
	build    Build
	cells    *cells
	forward  *reader
	back     *reader
	gradient *gradient
	faithful *faithful // nil: correct physics
}

// Moment is when a product is made: what is random in it is drawn for it.
type Moment struct {
	Step int  // number of the training step
	Part int  // of several products at one step, such as the batches of a test
	Test bool // it is of a test: other numbers than in training
}

// New makes an array with all weights 0; the error says what is wrong with its
// description.
func (b Build) New() (*Array, error) {
	if err := b.Validate(); err != nil {
		return nil, fmt.Errorf("array: %w", err)
	}
	if b.In < 1 || b.Out < 1 {
		return nil, fmt.Errorf("array: %d inputs and %d outputs are not allowed; allowed: 1 and above", b.In, b.Out)
	}
	a := &Array{build: b, cells: newCells(b)}
	if b.Reference != "" {
		var err error
		if a.faithful, err = newFaithful(b); err != nil {
			return nil, fmt.Errorf("array: %w", err)
		}
	}
	a.forward, a.back = newReader(b, forward), newReader(b, transposed)
	a.gradient = newGradient(b)
	a.forward.wide, a.back.wide = newWide(a.forward, a.cells), newWide(a.back, a.cells)
	if a.forward.countable(a.cells) {
		a.forward.counted = newCounted(a.forward, a.cells)
	}
	a.forward.tally = newTally(a.forward, a.cells)
	a.Program(NewMatrix(b.Out, b.In))
	return a, nil
}

// Program sets the cells to weights of Out x In, in [-1,1]; those beyond become the
// nearest that cells can hold.
func (a *Array) Program(w Matrix) {
	a.check("weights", w, a.build.Out, a.build.In)
	if a.faithful != nil {
		a.faithful.program(w)
		return
	}
	a.cells.program(w)
	if a.forward.counted != nil {
		a.forward.counted.fresh = false
	}
	a.forward.tally.renew()
	a.forward.wide.renew()
	a.back.wide.renew()
}

// Read sets y to x Wᵀ as the array computes it, one row for each row of x.
func (a *Array) Read(y, x Matrix, at Moment) {
	a.check("inputs", x, x.Rows, a.build.In)
	a.check("outputs", y, x.Rows, a.build.Out)
	if a.faithful != nil {
		a.faithful.read(y, x, at)
		return
	}
	a.forward.read(y, x, request{a.cells, at})
}

// ReadTransposed sets dx to dy W as the array computes it, driven at its columns
// and read at its rows. A reference computes it exactly.
func (a *Array) ReadTransposed(dx, dy Matrix, at Moment) {
	a.check("errors", dy, dy.Rows, a.build.Out)
	a.check("results", dx, dy.Rows, a.build.In)
	if a.faithful != nil {
		simd.Product(dx.view(), dy.view(), a.faithful.seen.view())
		return
	}
	a.back.read(dx, dy, request{a.cells, at})
}

// Gradient sets dw to eᵀ x, Out x In, summed over the rows of both: a memory array
// with two levels a cell and no leakage holds the inputs x with InputBits, and the
// errors e are applied to it as inputs are. A reference computes it exactly.
func (a *Array) Gradient(dw, e, x Matrix, at Moment) {
	a.check("errors", e, x.Rows, a.build.Out)
	a.check("inputs", x, x.Rows, a.build.In)
	a.check("gradient", dw, a.build.Out, a.build.In)
	if a.faithful != nil {
		simd.TProduct(dw.view(), e.view(), x.view())
		return
	}
	a.gradient.product(dw, e, x, at)
}

// Calibrate forgets the ranges of calibrated converters: the next batch sets them.
func (a *Array) Calibrate() {
	a.forward.calibrated, a.back.calibrated = false, false
	a.gradient.reader.calibrated = false
}

func (a *Array) check(what string, m Matrix, rows, cols int) {
	if m.Rows != rows || m.Cols != cols || len(m.Data) != rows*cols {
		panic(fmt.Sprintf("array: %s of %d x %d with %d numbers, want %d x %d",
			what, m.Rows, m.Cols, len(m.Data), rows, cols))
	}
}
