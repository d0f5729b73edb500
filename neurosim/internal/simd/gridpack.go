package simd

import "math"

// pack packs the right factor, unless it is.
func (j *gridJob) pack() bool {
	if j.state == gridPacked {
		return true
	}
	unit := gridUnit
	if hasTiles {
		unit = tileSteps
	}
	j.packing = packing{
		tiles: hasTiles, transposed: j.f.Transposed, line: ceil(j.depth, unit) * unit, scale: j.f.B1,
		rows: j.f.B.Rows, cols: j.c.Cols, blocks: max(1, j.f.Blocks),
	}
	j.limit, j.group = float32(j.f.Most), 4
	if j.f.Most > 15 {
		j.group = 2
	}
	if size := j.c.Cols * j.line; len(j.packed) != size {
		j.packed = make([]int8, size)
	}
	if !j.run((*gridJob).packPanel, j.c.Cols/gridCols) {
		j.state = gridUnfit
		return false
	}
	j.state = gridPacked
	return true
}

// packPanel packs sixteen columns of the right factor.
func (j *gridJob) packPanel(panel int) {
	to := j.packed[panel*gridCols*j.line:][:gridCols*j.line]
	g := gridding{scale: j.f.B1, most: j.limit, offset: int8(j.offset())}
	b, first, fit := j.f.B, panel*gridCols, true
	if j.transposed {
		b.Rows, b.Data = gridCols, b.Data[first*b.Stride:]
		fit = packLines(to, b, g)
	}
	for i := 0; i < j.blocks && !j.transposed && fit; i++ {
		b.Cols, b.Data = gridCols, j.f.B.Data[(j.blocks-1-i)*j.cols+first:]
		fit = packFours(to[i*j.rows*gridCols:], b, g)
	}
	if !fit {
		j.unfit.Store(true)
	}
}

// packLines packs sixteen lines, some steps after the others. Fours of steps are moved
// as one.
func packLines(to []int8, b Matrix, g gridding) bool {
	const steps = 256
	var lines [gridCols][steps]int8
	for first := 0; first < b.Cols; first += steps {
		count := min(steps, b.Cols-first)
		for i := range lines {
			if _, ok := toGrid(lines[i][:count], b.Data[i*b.Stride+first:][:count], g); !ok {
				return false
			}
		}
		turnFours(to[first*gridCols:], &lines[0][0], ceil(count, 4))
	}
	return true
}

// packFours packs sixteen columns.
func packFours(to []int8, b Matrix, g gridding) bool {
	done, ok := fastFours(to, b, g)
	var line [gridCols]int8
	for step := done; step < b.Rows && ok; step++ {
		if _, ok = toGrid(line[:], b.Data[step*b.Stride:][:gridCols], g); ok {
			for column, v := range line {
				to[step/4*4*gridCols+4*column+step%4] = v
			}
		}
	}
	return ok
}

// gridding says how numbers are taken to whole ones: times scale, at most so large, and
// then moved by the offset.
type gridding struct {
	scale, most float32
	offset      int8
}

// toGrid takes numbers to whole ones, and returns their sum, without the offsets, and
// whether all were whole and not too large.
func toGrid(to []int8, from []float32, g gridding) (sum int32, ok bool) {
	done, sum, ok := fastToGrid(to, from, g)
	for i := done; i < len(from) && ok; i++ {
		v := from[i] * g.scale
		if !(v >= -g.most && v <= g.most) || v != float32(math.Round(float64(v))) {
			return sum, false
		}
		to[i] = int8(v) + g.offset
		sum += int32(v)
	}
	return sum, ok
}
