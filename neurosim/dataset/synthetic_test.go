package dataset

import (
	"context"
	"math"
	"strings"
	"testing"
)

func TestSyntheticImagesCanBeLearnt(t *testing.T) {
	set := Made(Synthetic{Classes: 4, Channels: 2, Rows: 8, Columns: 12})
	set.Train, set.Test = 200, 80
	data := mustLoad(t, set)
	if data.Shape != [3]int{2, 8, 12} || data.Classes != 4 || data.Train.Len() != 200 || data.Test.Len() != 80 {
		t.Fatalf("%v, %d classes, %d and %d images", data.Shape, data.Classes, data.Train.Len(), data.Test.Len())
	}
	for class, n := range perClass(data.Test.Labels, 4) {
		if n != 20 {
			t.Errorf("class %d has %d images, want 20", class, n)
		}
	}
	// The nearest training image tells the class of most test images, not of all.
	size, right := 2*8*12, 0
	for i, label := range data.Test.Labels {
		best, nearest := math.Inf(1), 0
		for j := range data.Train.Labels {
			sum := 0.0
			for k := range size {
				d := float64(data.Test.Images[i*size+k] - data.Train.Images[j*size+k])
				sum += d * d
			}
			if sum < best {
				best, nearest = sum, j
			}
		}
		if data.Train.Labels[nearest] == label {
			right++
		}
	}
	if right < 60 {
		t.Errorf("the nearest neighbour tells %d of 80 classes", right)
	}
}

func TestSyntheticSetsAreTheirSeed(t *testing.T) {
	small := func(seed uint64) string {
		set := Made(Synthetic{Rows: 4, Seed: seed})
		set.Train, set.Test = 20, 10
		return mustLoad(t, set).Checksum
	}
	if small(1) == small(2) {
		t.Error("two seeds give the same images")
	}
	if data := mustLoad(t, Made(Synthetic{Rows: 2})); data.Train.Len() != 2000 || data.Test.Len() != 500 || data.Shape != [3]int{3, 2, 2} {
		t.Errorf("by default %d and %d images of %v", data.Train.Len(), data.Test.Len(), data.Shape)
	}
}

func TestSyntheticValidate(t *testing.T) {
	for want, set := range map[string]Set{
		"Synthetic.Classes: 1 is outside 2..256": Made(Synthetic{Classes: 1}),
		"Synthetic.Rows: 513 is outside 1..512":  Made(Synthetic{Rows: 513}),
		"Synthetic.Noise: -1 is outside 0..10":   Made(Synthetic{Noise: -1}),
		"Train: -1 is outside 0..":               {Name: "synthetic", Train: -1},
		`Synthetic: {Classes:3 `:                 {Name: "mnist", Synthetic: Synthetic{Classes: 3}},
	} {
		if _, err := set.Load(context.Background()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %s", set, err, want)
		}
	}
}
