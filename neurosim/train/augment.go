package train

import (
	"fmt"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// Augment changes the training images at random each time they are shown, so that a
// network does not learn them by heart. The zero value changes nothing. What is drawn
// follows from the seed, the epoch and the number of the image. Wolters et al. train on
// Augment{Pad: 4, Flip: true}.
type Augment struct {
	// Pad is how far an image is moved at most, up or down and left or right, in
	// pixels: as if it were padded with zeros and cut out at random. 0 to 32, less
	// than the image
	Pad int

	// Flip mirrors every other image, left to right.
	Flip bool
}

// mostPad is the farthest that an image may be moved.
const mostPad = 32

// Validate returns every field outside its range, nil when there is none.
func (a Augment) Validate() error {
	var p check.Problems
	p.Int("Pad", a.Pad, 0, mostPad)
	return p.Err()
}

// fits says what keeps the images from being changed.
func (a Augment) fits(shape [3]int) error {
	if least := min(shape[1], shape[2]); a.Pad >= least {
		return fmt.Errorf("train: Train.Augment.Pad: %d is not allowed; allowed: less than the %d pixels of an image", a.Pad, least)
	}
	return nil
}

// augmenter changes the images of a batch, and is the body of that loop.
type augmenter struct {
	Augment
	shape   [3]int // channels, rows, columns
	stream  rng.Stream
	images  nn.Matrix
	numbers []int     // of the images in their set
	before  nn.Matrix // copy of the images
}

// newAugmenter returns nil when nothing is to change.
func newAugmenter(a Augment, shape [3]int, seed uint64, batch int) *augmenter {
	if a == (Augment{}) {
		return nil
	}
	return &augmenter{
		Augment: a, shape: shape, stream: rng.New(seed, "augmentation", 0, 0),
		before: nn.NewMatrix(batch, shape[0]*shape[1]*shape[2]),
	}
}

// change moves and mirrors the images of a batch in place.
func (a *augmenter) change(images nn.Matrix, numbers []int, epoch int) {
	if a == nil {
		return
	}
	a.images, a.numbers, a.stream = images, numbers, a.stream.At(epoch)
	parallel.Each(images.Rows, a)
}

// Do changes some images.
func (a *augmenter) Do(first, end int) {
	for i := first; i < end; i++ {
		image, before := a.images.Row(i), a.before.Row(i)
		copy(before, image)
		n := 3 * uint64(a.numbers[i])
		down, right := a.stream.Intn(n, 2*a.Pad+1)-a.Pad, a.stream.Intn(n+1, 2*a.Pad+1)-a.Pad
		mirror := a.Flip && a.stream.Intn(n+2, 2) == 1
		a.move(image, before, [2]int{down, right}, mirror)
	}
}

// move sets the image to what was there before, moved by rows and columns and then
// mirrored.
func (a *augmenter) move(image, before []float32, by [2]int, mirror bool) {
	clear(image)
	rows, columns := a.shape[1], a.shape[2]
	for line := range a.shape[0] * rows {
		from := line%rows - by[0]
		if from < 0 || from >= rows {
			continue
		}
		source := before[(line/rows*rows+from)*columns:][:columns]
		target := image[line*columns:][:columns]
		for x := max(0, by[1]); x < min(columns, columns+by[1]); x++ {
			to := x
			if mirror {
				to = columns - 1 - x
			}
			target[to] = source[x-by[1]]
		}
	}
}
