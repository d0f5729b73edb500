package train

import (
	"context"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/nn"
)

func TestMovedAndMirrored(t *testing.T) {
	before := []float32{1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}
	a := augmenter{shape: [3]int{2, 2, 3}}
	for _, c := range []struct {
		by     [2]int
		mirror bool
		want   []float32
	}{
		{[2]int{0, 0}, false, before},
		{[2]int{1, 0}, false, []float32{0, 0, 0, 1, 2, 3, 0, 0, 0, 10, 20, 30}},
		{[2]int{-1, 1}, false, []float32{0, 4, 5, 0, 0, 0, 0, 40, 50, 0, 0, 0}},
		{[2]int{0, -1}, true, []float32{0, 3, 2, 0, 6, 5, 0, 30, 20, 0, 60, 50}},
	} {
		image := make([]float32, len(before))
		a.move(image, before, c.by, c.mirror)
		if !slices.Equal(image, c.want) {
			t.Errorf("%v, mirrored %v: %v, want %v", c.by, c.mirror, image, c.want)
		}
	}
}

// Every place of an image comes up equally often, and follows from its number and the
// epoch, not from its place in the batch.
func TestPlacesOfImages(t *testing.T) {
	const count = 5000
	a := newAugmenter(Augment{Pad: 1, Flip: true}, [3]int{1, 3, 4}, 7, count)
	images, numbers := nn.NewMatrix(count, 12), make([]int, count)
	fill := func() {
		clear(images.Data)
		for i := range count {
			numbers[i] = i
			images.Row(i)[1*4+1] = 1
		}
	}
	fill()
	a.change(images, numbers, 3)
	places := map[int]int{}
	for i := range count {
		places[slices.Index(images.Row(i), 1)]++
	}
	if len(places) != 12 {
		t.Errorf("places %v, want all of a 3 x 4 image", places)
	}
	for place, n := range places {
		share := [4]float64{1, 2, 2, 1}[place%4] / 18
		if got := float64(n) / count; got < 0.8*share || got > 1.2*share {
			t.Errorf("place %d: a share of %.3f, want %.3f", place, got, share)
		}
	}
	last := slices.Clone(images.Row(count - 1))
	fill()
	numbers[0] = count - 1
	a.change(images.Top(1), numbers[:1], 3)
	if !slices.Equal(images.Row(0), last) {
		t.Error("the place in the batch matters")
	}
}

func TestAugmentedTraining(t *testing.T) {
	j := barsJob(plain)
	j.Settings.Rate, j.Settings.Augment = 0.05, Augment{Pad: 1}
	first, err := j.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	again, _ := j.Run(context.Background())
	j.Settings.Augment = Augment{}
	other, _ := j.Run(context.Background())
	if !slices.Equal(first, again) || slices.Equal(first, other) || first[3].Accuracy < 80 {
		t.Errorf("%v, again %v, without %v", first, again, other)
	}
	j.Settings.Augment.Pad = 8
	if _, err := j.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "Augment.Pad: 8 is not allowed; allowed: less than the 8") {
		t.Errorf("%v", err)
	}
	j.Settings.Augment.Pad = -1
	if err := j.Settings.Validate(); err == nil || !strings.Contains(err.Error(), "Augment.Pad: -1 is not allowed; allowed: 0 to 32") {
		t.Errorf("%v", err)
	}
}
