package simd

// Patches are the lines of a factor in whole numbers of 8 bits, which may overlap: what lies
// under the kernels of a convolution at each position on the maps of a batch. Line n
// consists of runs of numbers that lie side by side. A plain matrix is lines of one run,
// one in each image.
type Patches struct {
	Data  []int8
	Image int     // numbers from one image to the next
	Bases []int32 // where the lines of an image begin in it

	Runs []int32 // where the runs of a line begin in it
	Run  int     // numbers in a run

	// Padded says that a matrix has zeros behind each line, up to the next.
	Padded bool
}

// Depth is the numbers in a line.
func (p *Patches) Depth() int { return len(p.Runs) * p.Run }

// base is where line n begins.
func (p *Patches) base(n int) int {
	lines := len(p.Bases)
	return n/lines*p.Image + int(p.Bases[n%lines])
}

// plain says whether the lines lie one behind the other, with so many numbers in each or
// zeros instead.
func (p *Patches) plain(room int) bool {
	return (p.Padded || p.Run == room) && len(p.Runs) == 1 && len(p.Bases) == 1 && p.Image >= room
}

// copyLine copies line n, with zeros behind it.
func (p *Patches) copyLine(to []int8, n int) {
	base := p.base(n)
	for i, run := range p.Runs {
		copy(to[i*p.Run:(i+1)*p.Run], p.Data[base+int(run):])
	}
	clear(to[p.Depth():])
}

// Take takes numbers to whole ones of 8 bits, times steps, which go to Data from a place on,
// and says whether all were whole and small enough: else what it left is of no use.
func (p *Patches) Take(at int, from []float32, steps float32) bool {
	_, ok := toGrid(p.Data[at:][:len(from)], from, gridding{scale: steps, most: gridMost})
	return ok
}
