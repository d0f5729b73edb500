package simd

import (
	"math"
	"math/bits"
	"slices"
	"unsafe"
)

// Subset is those columns of a matrix that are not all zero.
type Subset struct {
	List []int32 // in rising order

	columns int      // of the matrix
	bits    []uint16 // one for each column, set for those in the list
	marks   []uint32 // room for what is in columns that no kernel looks at
}

// perBits is the columns that an element of the bits stands for.
const perBits = 16

// Find makes s the columns of m, whose rows are one behind the other, that hold anything
// but zeros.
func (s *Subset) Find(m Matrix) {
	s.columns = m.Cols
	groups := ceil(m.Cols, perBits)
	if cap(s.bits) < groups || cap(s.List) < m.Cols {
		s.bits, s.List = make([]uint16, groups), make([]int32, m.Cols)
	}
	s.bits, s.List = s.bits[:groups], s.List[:0]
	k := marking{unsafe.SliceData(m.Data), bytes(m.Cols), uint64(m.Rows), uint64(m.Cols / perBits), unsafe.SliceData(s.bits)}
	done := 0
	if k.groups > 0 && k.rows > 0 && updateLanes == perBits {
		markGroups(&k)
		done = m.Cols / perBits * perBits
	}
	s.mark(m, done)
	for group, set := range s.bits {
		for ; set != 0; set &= set - 1 {
			s.List = append(s.List, int32(perBits*group+bits.TrailingZeros16(set)))
		}
	}
}

// marking is what the kernel of Find reads. The generator spells out its layout.
type marking struct {
	from                 *float32
	stride, rows, groups uint64
	bits                 *uint16
}

// mark sets the bits of the columns from first on, a multiple of what an element of them
// stands for.
func (s *Subset) mark(m Matrix, first int) {
	if cap(s.marks) < m.Cols {
		s.marks = make([]uint32, m.Cols)
	}
	marks := s.marks[:m.Cols-first]
	clear(marks)
	i := 0
	for ; i+4 <= m.Rows && len(marks) > 0; i += 4 {
		markFour(marks, m.Data[i*m.Cols+first:], m.Cols)
	}
	for ; i < m.Rows; i++ {
		for j, x := range m.Data[i*m.Cols+first:][:len(marks)] {
			marks[j] |= math.Float32bits(x)
		}
	}
	clear(s.bits[first/perBits:])
	for j, mark := range marks {
		if mark<<1 != 0 { // any bit but the sign
			s.bits[(first+j)/perBits] |= 1 << (j % perBits)
		}
	}
}

// markFour takes the bits of four rows into the marks.
func markFour(marks []uint32, rows []float32, stride int) {
	n := len(marks)
	a, b, c, d := rows[:n], rows[stride:][:n], rows[2*stride:][:n], rows[3*stride:][:n]
	for j := range marks {
		marks[j] |= math.Float32bits(a[j]) | math.Float32bits(b[j]) | math.Float32bits(c[j]) | math.Float32bits(d[j])
	}
}

// Pick copies from each row of from, as wide as the matrix, what is in these columns.
func (s *Subset) Pick(to, from Matrix) {
	for i := range to.Rows {
		line, x := to.Data[i*to.Stride:], from.Data[i*from.Stride:][:s.columns]
		done := 0 // of the list
		// What the kernel writes behind the numbers must be room.
		if groups := s.columns / perBits; groups > 0 && updateLanes == perBits && len(line) >= len(s.List)+perBits {
			pickGroups(&choosing{&line[0], &x[0], &s.bits[0], uint64(groups)})
			done = s.before(groups * perBits)
		}
		line = line[:len(s.List)]
		for k, j := range s.List[done:] {
			line[done+k] = x[j]
		}
	}
}

// Spread sets to to what lies in columns first, first+1 ... of a row, given what is in
// those of the set.
func (s *Subset) Spread(to, row []float32, first int) {
	k := s.before(first)
	done := 0
	if groups := len(to) / perBits; groups > 0 && first%perBits == 0 && len(row) > 0 && updateLanes == perBits {
		spreadGroups(&choosing{&to[0], unsafe.SliceData(row[min(k, len(row)-1):]), &s.bits[first/perBits], uint64(groups)})
		done = groups * perBits
		k = s.before(first + done)
	}
	clear(to[done:])
	for ; k < len(row) && int(s.List[k]) < first+len(to); k++ {
		to[int(s.List[k])-first] = row[k]
	}
}

// before is how many of these columns are before one.
func (s *Subset) before(column int) int {
	k, _ := slices.BinarySearch(s.List, int32(column))
	return k
}

// choosing is what the kernels of Pick and Spread read. The generator spells out its
// layout.
type choosing struct {
	to, from *float32
	bits     *uint16
	groups   uint64
}
