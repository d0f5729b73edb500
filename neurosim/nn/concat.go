package nn

import "crossbook/neurosim/internal/parallel"

// joining puts the channels of two maps beside each other in a pass, and is the body of
// its loop, over images.
type joining struct {
	channels [2]int // of the inputs
	pixels   int
	at       *nodePass
	dx       Matrix // gradient of the input in hand; no data: forward
}

func newJoin(a, b dims) func(*Network, int, int) step {
	return func(*Network, int, int) step {
		return &joining{channels: [2]int{a.channels, b.channels}, pixels: a.pixels()}
	}
}

func (j *joining) forward(_ *Pass, at *nodePass) {
	j.at, j.dx = at, Matrix{}
	parallel.Each(at.y.Rows, j)
}

// backward takes the channels of one input out of the gradient.
func (j *joining) backward(dx Matrix, _ *Pass, at *nodePass) {
	j.at, j.dx = at, dx
	parallel.Each(dx.Rows, j)
}

func (j *joining) Do(first, end int) {
	for image := first; image < end; image++ {
		if j.dx.Data != nil {
			j.part(j.at.dy.Row(image), j.dx.Row(image), j.at.slot, true)
			continue
		}
		j.part(j.at.y.Row(image), j.at.x.Row(image), 0, false)
		j.part(j.at.y.Row(image), j.at.other.Row(image), 1, false)
	}
}

// part copies the channels of an input to the whole map, or back.
func (j *joining) part(whole, one []float32, slot int, back bool) {
	n, all, from := j.channels[slot], j.channels[0]+j.channels[1], slot*j.channels[0]
	for pixel := range j.pixels {
		a, b := whole[pixel*all+from:][:n], one[pixel*n:][:n]
		if back {
			a, b = b, a
		}
		copy(a, b)
	}
}
