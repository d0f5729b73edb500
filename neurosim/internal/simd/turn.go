package simd

// Where both factors have their steps side by side, the one that the kernels read a
// vector at a time must be transposed as it is packed, and the other one can be read
// where it lies. So it is the smaller one that is to be packed: with it to the right,
// the product comes out transposed, and is turned at the end.

// turns says whether to exchange the factors.
func (j *job) turns() bool {
	if j.wideDirect == nil || j.more || j.a.across || j.b.across || j.a.lines >= j.b.lines {
		return false
	}
	// Lines that fill no panel cost as much as those that do.
	half := j.cols / 2
	missing := ceil(j.a.lines, half)*half - j.a.lines
	return missing <= max(j.a.lines/4, j.spare)
}

// exchange has the product computed the other way round.
func (j *job) exchange() (c Matrix) {
	c = j.c
	j.turned = grown(j.turned, c.Rows*c.Cols)
	j.c = Matrix{Rows: c.Cols, Cols: c.Rows, Stride: c.Rows, Data: j.turned}
	j.a, j.b = j.b, j.a
	return c
}

// turnedLines is the number of lines of the transposed product that are turned at once.
const turnedLines = 16

// turn turns some lines of the transposed product j.c into columns of j.to.
func (j *job) turn(i int, d *desk) {
	const side = 8
	first := i * turnedLines
	p := panel{operand: along(j.c), line: first, steps: j.c.Cols, width: j.to.Stride}
	lines, to := min(turnedLines, j.c.Rows-first), j.to.Data[first:]
	if p.count = lines &^ (side - 1); p.count > 0 {
		d.packAlong(j.transpose, to, p)
	}
	p.packOneByOne(to, p.count, lines-p.count)
}
