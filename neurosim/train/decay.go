package train

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"crossbook/neurosim/internal/check"
)

// Names of the ways in which the learning rate goes down.
const (
	Steps  = "steps"       // by Factor, every so many epochs or with some
	Powers = "exponential" // by Factor from each epoch to the next
	Cosine = "cosine"      // half a cosine over all epochs (Loshchilov and Hutter, ICLR 2017)
	Linear = "linear"      // straight to 0 behind the last epoch
)

// Decay is how the learning rate changes from epoch to epoch. The zero value keeps it.
// With ideal devices it is Rate that changes; on others Gain, so that steps of devices
// stay whole, and the steps of normalisations with it: DNN+NeuroSim V2.1 trains with
// Decay{Kind: Steps, Factor: 0.125, At: "201 251"}.
type Decay struct {
	Kind   string  // Steps, Powers, Cosine or Linear; "" is constant
	Factor float64 // of Steps and Powers. 0 means 0.1. Above 0 to 1
	Every  int     // epochs of a step. To 100,000

	// At is, in place of Every, the epochs with which steps come, 1 for the first: rising
	// numbers with blanks between.
	At string

	// Warmup is the epochs before the whole rate: epoch n has n/(Warmup+1) of it, at most
	// all. To 100,000
	Warmup int
}

// Validate returns every field outside its range, nil when there is none.
func (d Decay) Validate() error {
	var p check.Problems
	p.OneOf("Kind", d.Kind, Steps, Powers, Cosine, Linear)
	p.Float("Factor", d.Factor, 0, 1)
	p.Int("Every", d.Every, 0, 100_000)
	p.Int("Warmup", d.Warmup, 0, 100_000)
	if _, err := parseEpochs(d.At); err != nil {
		p.Add("At", err, "numbers from 1 to 100000 that rise, with blanks between")
	}
	switch {
	case d.Kind == Steps && (d.Every == 0) == (strings.TrimSpace(d.At) == ""):
		p.Add("Every", d.Every, "either Every, 1 to 100000, or At with Kind "+Steps)
	case d.Kind != Steps && (d.Every != 0 || d.At != ""):
		p.Add("Every", d.Every, `0, and At "", but with Kind `+Steps)
	}
	if d.Factor != 0 && d.Kind != Steps && d.Kind != Powers {
		p.Add("Factor", d.Factor, "0 but with Kind "+Steps+" or "+Powers)
	}
	return p.Err()
}

// parseEpochs reads At.
func parseEpochs(text string) ([]int, error) {
	var list []int
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > 100_000 || len(list) > 0 && n <= list[len(list)-1] {
			return nil, fmt.Errorf("%q", word)
		}
		list = append(list, n)
	}
	return list, nil
}

// Total says whether the rate of an epoch depends on how many there are.
func (d Decay) Total() bool { return d.Kind == Cosine || d.Kind == Linear }

// share is the share of the rate that an epoch of so many has, 1 for the first.
func (d Decay) share(number, epochs int) float64 {
	share := 1.0
	factor := d.Factor
	if factor == 0 {
		factor = 0.1
	}
	done := float64(number-1) / float64(max(epochs, 1))
	switch d.Kind {
	case Steps:
		steps := 0
		if d.Every > 0 {
			steps = (number - 1) / d.Every
		}
		at, _ := parseEpochs(d.At) // which is valid
		for _, n := range at {
			if number >= n {
				steps++
			}
		}
		share = math.Pow(factor, float64(steps))
	case Powers:
		share = math.Pow(factor, float64(number-1))
	case Cosine:
		share = (1 + math.Cos(math.Pi*done)) / 2
	case Linear:
		share = 1 - done
	}
	return share * min(1, float64(number)/float64(d.Warmup+1))
}
