package nn

import (
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// whole is the numbers of a batch of maps in whole steps of a quantiser, with zeros around
// each map, so that what lies under a kernel can be read where it lies.
type whole struct {
	simd.Patches
	rows, row int     // rows of a map, numbers in each
	lead      int     // numbers of an image before the first row
	line      int     // numbers from one row to the next
	images    int     // for which there is room
	steps     float32 // to 1

	from  Matrix
	unfit atomic.Bool
	group simd.Patches // the same, seen by the kernels of a group
	some  simd.Patches // room for the first numbers
}

// lineUnit is the numbers of which plain lines take a multiple, so that kernels can read
// them where they lie.
const lineUnit = 64

// firstNumbers is how many numbers tell at once that there is no grid.
const firstNumbers = 32

// newWholeLines is for lines of so many numbers.
func newWholeLines(numbers, lines int, bits int) *whole {
	w := &whole{rows: 1, row: numbers, images: lines, steps: Steps(bits), some: simd.Patches{Data: make([]int8, firstNumbers)}}
	w.line = (numbers + lineUnit - 1) / lineUnit * lineUnit
	w.Patches = simd.Patches{Image: w.line, Bases: []int32{0}, Runs: []int32{0}, Run: numbers, Padded: true}
	return w
}

// newWholeMaps is for the maps that kernels go over.
func newWholeMaps(at Window, images int, bits int) *whole {
	w := &whole{rows: at.Height, row: at.Width * at.Channels, images: images, steps: Steps(bits), some: simd.Patches{Data: make([]int8, firstNumbers)}}
	w.line = (at.Width + 2*at.PadWidth) * at.Channels
	w.lead = at.PadHeight*w.line + at.PadWidth*at.Channels
	w.Image = (at.Height + 2*at.PadHeight) * w.line
	for y := range at.OutHeight() {
		for x := range at.OutWidth() {
			w.Bases = append(w.Bases, int32(at.Stride*(y*w.line+x*at.Channels)))
		}
	}
	for y := range at.KernelHeight {
		if w.Run = at.KernelWidth * at.Channels; at.Groups == 1 {
			w.Runs = append(w.Runs, int32(y*w.line))
			continue
		}
		w.Run = at.depth()
		for x := range at.KernelWidth {
			w.Runs = append(w.Runs, int32(y*w.line+x*at.Channels))
		}
	}
	return w
}

// take takes the numbers of a batch, and says whether all are on the grid.
func (w *whole) take(m Matrix) bool {
	if count := min(len(w.some.Data), len(m.Data)); !w.some.Take(0, m.Data[:count], w.steps) {
		return false // which settles it for what lies on no grid
	}
	if w.Data == nil {
		w.Data = make([]int8, w.images*w.Image)
	}
	w.from = m
	w.unfit.Store(false)
	parallel.Lines(len(m.Data)/w.row, w.row, w)
	return !w.unfit.Load()
}

// Do takes some rows of the maps.
func (w *whole) Do(first, end int) {
	for i := first; i < end; i++ {
		at := i/w.rows*w.Image + w.lead + i%w.rows*w.line
		if !w.Take(at, w.from.Data[i*w.row:(i+1)*w.row], w.steps) {
			w.unfit.Store(true)
		}
	}
}

// part is what the kernels of a group see from a line on, whose channels are so many from
// the first on. Lines from another than the first are of plain ones.
func (w *whole) part(line, first, channels int) *simd.Patches {
	w.group = w.Patches
	w.group.Data = w.Data[line*w.Image+first:]
	if len(w.Runs) == 1 && w.Run != channels { // plain lines
		w.group.Run, w.group.Padded = channels, false
	}
	return &w.group
}
