package nn

import "crossbook/neurosim/internal/simd"

// A convolution is a product of matrices: each position of the kernels on a map
// gives a row, the patch under them, which all kernels weigh. The rows come and go
// in pieces of whole lines, a line being the positions with one vertical place on
// one map, so that a piece stays in the caches.

// patchRoom is the number of values that a piece of patches has about. A piece has no
// fewer rows than patchRows, and than twice the kernels: that pays for going through
// the weights, which every piece does.
const (
	patchRoom = 1 << 19
	patchRows = 256

	// arrayRoom is that where an array takes the ranges of its converters from what is
	// read at once: whole batches of all but large convolutions, 256 MiB.
	arrayRoom = 1 << 26
)

// patches moves values between maps and patches. It is the body of its loops.
type patches struct {
	Window
	group    int    // whose channels are moved
	maps     Matrix // one image a row
	rows     Matrix // the patches of the lines first to end-1
	first    int
	end      int
	scatter  bool // from patches to maps
	capacity int  // lines in a piece
}

func newPatches(s Shape, images, room int) *patches {
	w := s.Window
	lines, wide := images*w.OutHeight(), w.OutWidth()
	rows := max(patchRows, 2*s.Out, room/w.patch())
	p := &patches{Window: w, capacity: (rows + wide - 1) / wide}
	p.capacity = min(p.capacity, lines)
	p.rows = NewMatrix(p.capacity*wide, w.patch())
	return p
}

// lines is the number of lines on some maps.
func (p *patches) lines(images int) int { return images * p.OutHeight() }

// piece sets the lines to work on, and returns room for their patches.
func (p *patches) piece(first, end int) Matrix {
	p.first, p.end = first, end
	p.rows = resize(p.rows, (end-first)*p.OutWidth())
	return p.rows
}

// Do gathers lines, or scatters to rows of maps.
func (p *patches) Do(first, end int) {
	for i := first; i < end; i++ {
		if p.scatter {
			p.scatterRow(p.first/p.OutHeight()+i/p.Height, i%p.Height)
		} else {
			p.gatherLine(p.first + i)
		}
	}
}

// run is the part of a row of a map that a kernel's row covers at a position:
// pixels from to to-1, the first of which is under its column skip.
func (p *patches) run(position int) (from, to, skip int) {
	from = position*p.Stride - p.PadWidth
	to = min(from+p.KernelWidth, p.Width)
	if from < 0 {
		from, skip = 0, -from
	}
	return from, max(to, from), skip
}

// gatherLine copies the patches of one line, with zeros for what is off the map.
func (p *patches) gatherLine(line int) {
	high := p.OutHeight()
	image, top := p.maps.Row(line/high), line%high*p.Stride-p.PadHeight
	for position := range p.OutWidth() {
		patch := p.rows.Row((line-p.first)*p.OutWidth() + position)
		for i := range p.KernelHeight {
			part := patch[i*p.KernelWidth*p.depth():][:p.KernelWidth*p.depth()]
			if y := top + i; y >= 0 && y < p.Height {
				p.gatherRun(part, image[y*p.Width*p.Channels:][:p.Width*p.Channels], position)
			} else {
				clear(part)
			}
		}
	}
}

// gatherRun copies what one row of a kernel covers of a row of the map.
func (p *patches) gatherRun(part, row []float32, position int) {
	from, to, skip := p.run(position)
	depth := p.depth()
	clear(part[:skip*depth])
	if p.Groups == 1 {
		n := copy(part[skip*depth:], row[from*depth:to*depth])
		clear(part[skip*depth+n:])
		return
	}
	for x := from; x < to; x++ {
		copy(part[(skip+x-from)*depth:][:depth], row[x*p.Channels+p.group*depth:])
	}
	clear(part[(skip+to-from)*depth:])
}

// scatterRow adds to row y of a map what the patches of the lines at hand have for it.
// Lines come in their order, so that it does not matter in which pieces they do.
func (p *patches) scatterRow(image, y int) {
	high, wide := p.OutHeight(), p.OutWidth()
	row := p.maps.Row(image)[y*p.Width*p.Channels:][:p.Width*p.Channels]
	if p.group == 0 && p.first <= image*high {
		clear(row)
	}
	for i := p.KernelHeight - 1; i >= 0; i-- {
		at := y + p.PadHeight - i
		if at < 0 || at%p.Stride != 0 || at/p.Stride >= high {
			continue
		}
		line := image*high + at/p.Stride
		if line < p.first || line >= p.end {
			continue
		}
		for position := range wide {
			patch := p.rows.Row((line-p.first)*wide + position)
			p.scatterRun(row, patch[i*p.KernelWidth*p.depth():][:p.KernelWidth*p.depth()], position)
		}
	}
}

func (p *patches) scatterRun(row, part []float32, position int) {
	from, to, skip := p.run(position)
	depth := p.depth()
	if p.Groups == 1 {
		simd.Add(row[from*depth:to*depth], part[skip*depth:])
		return
	}
	for x := from; x < to; x++ {
		simd.Add(row[x*p.Channels+p.group*depth:][:depth], part[(skip+x-from)*depth:])
	}
}
