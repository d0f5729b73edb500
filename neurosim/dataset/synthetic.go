package dataset

import (
	"context"
	"errors"
	"fmt"
	"math"

	"crossbook/neurosim/rng"
)

const syntheticName = "synthetic"

// Synthetic describes images that are made up, for any shape and with no file: every
// class has a smooth random pattern, and an image is that pattern moved by up to an
// eighth of its size, with noise on every pixel. Zero fields have the defaults that
// they name.
type Synthetic struct {
	Classes  int     // 2 to 256. 0: 10
	Channels int     // 1 to 16. 0: 3
	Rows     int     // 1 to 512. 0: 32
	Columns  int     // 1 to 512. 0: Rows
	Noise    float64 // standard deviation of a pixel whose range is 0 to 1; 0 to 10. 0: 0.2
	Seed     uint64
}

// Made is a set of such images: by default 2,000 for training and 500 for the test.
func Made(s Synthetic) Set { return Set{Name: syntheticName, Synthetic: s} }

// How many images of a synthetic set there are when nobody says.
const (
	madeTrain = 2000
	madeTest  = 500
)

func (s Synthetic) filled() Synthetic {
	s.Classes, s.Channels, s.Rows = orAll(s.Classes, 10), orAll(s.Channels, 3), orAll(s.Rows, 32)
	s.Columns = orAll(s.Columns, s.Rows)
	if s.Noise == 0 {
		s.Noise = 0.2
	}
	return s
}

// generator makes the sets of [Made].
type generator struct{}

func (generator) counts(s Set) (train, test int) {
	return max(madeTrain, s.Train), max(madeTest, s.Test)
}

func (generator) validate(set Set) error {
	s := set.Synthetic.filled()
	var problems []error
	check := func(field string, n, low, high int) {
		if n < low || n > high {
			problems = append(problems, fmt.Errorf("dataset: Synthetic.%s: %d is outside %d..%d", field, n, low, high))
		}
	}
	check("Classes", s.Classes, 2, 256)
	check("Channels", s.Channels, 1, 16)
	check("Rows", s.Rows, 1, 512)
	check("Columns", s.Columns, 1, 512)
	check("Train", set.Train, 0, maxImages)
	check("Test", set.Test, 0, maxImages)
	if !(s.Noise >= 0 && s.Noise <= 10) {
		problems = append(problems, fmt.Errorf("dataset: Synthetic.Noise: %g is outside 0..10", s.Noise))
	}
	return errors.Join(problems...)
}

func (generator) load(ctx context.Context, set Set) (*Data, error) {
	s := set.Synthetic.filled()
	common := shaped{classes: s.Classes, shape: [3]int{s.Channels, s.Rows, s.Columns}}
	if set.Train == 0 {
		set.Train = madeTrain
	}
	if set.Test == 0 {
		set.Test = madeTest
	}
	patterns := make([][]float32, s.Classes)
	for c := range patterns {
		patterns[c] = s.pattern(c)
	}
	train, err := s.part(ctx, patterns, "training images", set.Train)
	if err != nil {
		return nil, err
	}
	test, err := s.part(ctx, patterns, "test images", set.Test)
	if err != nil {
		return nil, err
	}
	return common.data(set, train, test), nil
}

// waves is the number of plane waves that make a pattern.
const waves = 6

// pattern is a class's: a sum of plane waves of low frequency with random direction
// and phase in every channel, from 0 to 1.
func (s Synthetic) pattern(class int) []float32 {
	pixels := make([]float32, 0, s.Channels*s.Rows*s.Columns)
	draw := rng.New(s.Seed, "synthetic pattern", class, 0)
	for channel := range s.Channels {
		uniform := func(wave, k int) float64 {
			return float64(draw.Float32(uint64((channel*waves+wave)*3 + k)))
		}
		for y := range s.Rows {
			for x := range s.Columns {
				sum := 0.0
				for w := range waves {
					across, along := 4*uniform(w, 0)-2, 4*uniform(w, 1)-2
					turns := across*float64(x)/float64(s.Columns) + along*float64(y)/float64(s.Rows)
					sum += math.Sin(2 * math.Pi * (turns + uniform(w, 2)))
				}
				pixels = append(pixels, float32(0.5+sum/(2*math.Sqrt(2*waves))))
			}
		}
	}
	return pixels
}

// part makes n images, the classes in turn.
func (s Synthetic) part(ctx context.Context, patterns [][]float32, purpose string, n int) (part, error) {
	size := s.Channels * s.Rows * s.Columns
	p := part{pixels: make([]byte, n*size), labels: make([]uint8, n)}
	for i := range n {
		if ctx.Err() != nil {
			return p, fmt.Errorf("dataset: %s: %w", syntheticName, context.Cause(ctx))
		}
		p.labels[i] = uint8(i % s.Classes)
		s.image(p.pixels[i*size:(i+1)*size], patterns[i%s.Classes], rng.New(s.Seed, purpose, i, 0))
	}
	return p, nil
}

// image moves a pattern and adds noise.
func (s Synthetic) image(dst []byte, pattern []float32, draw rng.Stream) {
	move := func(k uint64, size int) int {
		most := size / 8
		return int(draw.At(1).Float32(k)*float32(2*most+1)) - most + size
	}
	down, right := move(0, s.Rows), move(1, s.Columns)
	for i := range dst {
		channel, y, x := i/(s.Rows*s.Columns), i/s.Columns%s.Rows, i%s.Columns
		from := (channel*s.Rows+(y+down)%s.Rows)*s.Columns + (x+right)%s.Columns
		v := float64(pattern[from]) + float64(s.Noise*draw.Normal(uint64(i)))
		dst[i] = byte(math.RoundToEven(255 * min(max(v, 0), 1)))
	}
}
