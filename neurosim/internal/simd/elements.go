package simd

import (
	"math"
	"unsafe"
)

// Passes over single numbers, by their bits where that is faster.

// Largest returns the largest magnitude, NaN if there is one, 0 of nothing.
func Largest(x []float32) float32 {
	var most [lanes]uint32
	e := elements{from: unsafe.SliceData(x), largest: &most}
	for _, v := range x[e.grouped(len(x), largestGroups):] {
		most[0] = max(most[0], math.Float32bits(v)&math.MaxInt32)
	}
	return largestOf(&most)
}

// largestOf is the largest magnitude, given the bits of some without their sign: these are
// in the order of the numbers, and those of NaN are above all.
func largestOf(list *[lanes]uint32) float32 {
	most := list[0]
	for _, bits := range list {
		most = max(most, bits)
	}
	return math.Float32frombits(most)
}

// Scale sets dst to x, multiplied. dst may be x.
func Scale(dst, x []float32, by float32) {
	dst = dst[:len(x)]
	e := elements{to: unsafe.SliceData(dst), from: unsafe.SliceData(x), by: by}
	for i := e.grouped(len(x), scaleGroups); i < len(x); i++ {
		dst[i] = by * x[i]
	}
}

// Add adds the first numbers of x to dst.
func Add(dst, x []float32) {
	x = x[:len(dst)]
	e := elements{to: unsafe.SliceData(dst), from: unsafe.SliceData(x)}
	for i := e.grouped(len(x), addGroups); i < len(x); i++ {
		dst[i] += x[i]
	}
}

// addSizes adds the magnitudes of the first numbers of x to dst.
func addSizes(dst, x []float32) {
	x = x[:len(dst)]
	e := elements{to: unsafe.SliceData(dst), from: unsafe.SliceData(x)}
	for i := e.grouped(len(x), addSizesGroups); i < len(x); i++ {
		dst[i] += math.Float32frombits(math.Float32bits(x[i]) & math.MaxInt32)
	}
}

// Sums returns the sum of whole numbers and that of their squares, which single precision
// holds exactly: so the order shows in no bit.
func Sums(x []float32) (sum, squares float32) {
	var parts [2 * lanes]float32
	e := elements{from: unsafe.SliceData(x), sums: &parts}
	for _, v := range x[e.grouped(len(x), sumGroups):] {
		sum, squares = sum+v, squares+float32(v*v)
	}
	for i, v := range parts[:lanes] {
		sum, squares = sum+v, squares+parts[lanes+i]
	}
	return sum, squares
}

// Split sets dst to digits of whole numbers, from bit shift on and up to the mask, with
// the sign of the number.
func Split(dst, whole []float32, shift, mask uint32) {
	dst = dst[:len(whole)]
	e := elements{to: unsafe.SliceData(dst), from: unsafe.SliceData(whole), shift: shift, mask: mask}
	for i := e.grouped(len(whole), splitGroups); i < len(whole); i++ {
		bits := math.Float32bits(whole[i])
		digit := float32(uint32(math.Float32frombits(bits&math.MaxInt32)) >> shift & mask)
		dst[i] = math.Float32frombits(math.Float32bits(digit) | bits&^math.MaxInt32)
	}
}

// Rectify sets dst to a, and to 0 where a has a sign. dst may be a.
func Rectify(dst, a []float32) {
	dst = dst[:len(a)]
	e := elements{to: unsafe.SliceData(dst), from: unsafe.SliceData(a)}
	for i := e.grouped(len(a), rectifyGroups); i < len(a); i++ {
		bits := math.Float32bits(a[i])
		dst[i] = math.Float32frombits(bits &^ uint32(int32(bits)>>31))
	}
}

// Gate clears dst unless a is a number above 0: then alone its bits have no sign and
// their negative has one.
func Gate(dst, a []float32) {
	dst = dst[:len(a)]
	e := elements{to: unsafe.SliceData(dst), from: unsafe.SliceData(a)}
	for i := e.grouped(len(a), gateGroups); i < len(a); i++ {
		bits := int32(math.Float32bits(a[i]))
		above := uint32((-bits &^ bits) >> 31)
		dst[i] = math.Float32frombits(math.Float32bits(dst[i]) & above)
	}
}

// Chosen is the largest of some numbers, one by one, and where each comes from.
type Chosen struct {
	Best   []float32
	Places []int32
}

// Take keeps those of x, from a place on, that are larger or no numbers: of the first, all.
func (c Chosen) Take(x []float32, from int, first bool) {
	best, places := c.Best, c.Places[:len(c.Best)]
	x = x[:len(best)]
	e := elements{to: unsafe.SliceData(best), from: unsafe.SliceData(x), places: unsafe.SliceData(places), shift: uint32(from)}
	if first {
		e.mask = math.MaxUint32
	}
	for i := e.grouped(len(x), chooseGroups); i < len(x); i++ {
		if v := x[i]; first || v > best[i] || v != v {
			best[i], places[i] = v, int32(from+i)
		}
	}
}

// Marks tells numbers apart from others.
type Marks []bool

// Beyond marks the numbers whose magnitude is above a limit, or that are none.
func (marks Marks) Beyond(x []float32, limit float32) {
	marks = marks[:len(x)]
	e := elements{from: unsafe.SliceData(x), by: limit, marks: unsafe.SliceData(marks)}
	for i := e.grouped(len(x), beyondGroups); i < len(x); i++ {
		marks[i] = math.Float32bits(x[i])&math.MaxInt32 > math.Float32bits(limit)
	}
}

// Stop clears the numbers that are marked.
func (marks Marks) Stop(x []float32) {
	marks = marks[:len(x)]
	e := elements{to: unsafe.SliceData(x), from: unsafe.SliceData(x), marks: unsafe.SliceData(marks)}
	for i := e.grouped(len(x), stopGroups); i < len(x); i++ {
		if marks[i] {
			x[i] = 0
		}
	}
}

// elements is what the kernels of these passes read. The generator spells out its layout.
type elements struct {
	to, from *float32
	groups   uint64
	by       float32
	largest  *[lanes]uint32
	marks    *bool
	shift    uint32
	mask     uint32
	sums     *[2 * lanes]float32 // and squares
	places   *int32
}

// grouped has a kernel do whole groups of so many numbers, if there is one, and returns
// how many that were.
func (e *elements) grouped(size int, kernel func(*elements) bool) int {
	if e.groups = grouped(size); e.groups > 0 && kernel(e) {
		return int(e.groups) * updateLanes
	}
	return 0
}
