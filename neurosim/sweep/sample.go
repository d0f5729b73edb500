package sweep

import (
	"fmt"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/rng"
)

// Sample takes some points out of the space that the axes span, instead of all
// combinations of their values. The zero value takes all combinations.
type Sample struct {
	Points int    // 0: all combinations. To MaxRuns
	Seed   uint64 // of the choice, which is the same every time

	// Latin divides every axis into as many equal parts as there are points and
	// uses each part once: a Latin hypercube (M. McKay, R. Beckman and W. Conover,
	// Technometrics 21, 1979). Otherwise each point is drawn by itself.
	Latin bool
}

// Span varies a field of numbers over all that lies between two, for a Grid with
// a Sample. A field of whole numbers takes every whole number with the same
// probability: use Field with a list for that.
func Span(path string, low, high float64) Axis {
	a := Axis{fields: []field{{path: path}}, span: &span{low, high, false, []float64{1}}}
	if !(low < high) || math.IsInf(high-low, 0) {
		return a.mistake("Span from %g to %g: the first must be below the second", low, high)
	}
	return a
}

// LogSpan is Span with equal shares for equal ratios; both ends are above 0.
func LogSpan(path string, low, high float64) Axis {
	a := Axis{fields: []field{{path: path}}, span: &span{low, high, true, []float64{1}}}
	if !(0 < low && low < high) || math.IsInf(high/low, 0) {
		return a.mistake("LogSpan from %g to %g: the first must be above 0 and below the second", low, high)
	}
	return a
}

// span is a range of numbers.
type span struct {
	low, high float64
	log       bool
	factors   []float64 // of every field that moves along it
}

func (s *span) String() string {
	if s.log {
		return fmt.Sprintf("from %g to %g, by ratio", s.low, s.high)
	}
	return fmt.Sprintf("from %g to %g", s.low, s.high)
}

// at is the level at a share of the span, 0 to 1.
func (s *span) at(share float64) level {
	v := s.low + share*(s.high-s.low)
	if s.log {
		v = s.low * math.Pow(s.high/s.low, share)
	}
	values := make(level, len(s.factors))
	for i, factor := range s.factors {
		values[i] = moved(v, factor)
	}
	return values
}

// at is the number of the level at a share of the axis, and the level.
func (a Axis) at(share float64) pick {
	if a.span != nil {
		return pick{-1, a.span.at(share)}
	}
	i := min(int(share*float64(len(a.levels))), len(a.levels)-1)
	return pick{i, a.levels[i]}
}

// pick is the level of an axis at one point; index -1 for one of a span.
type pick struct {
	index  int
	values level
}

func (s Sample) validate(p *check.Problems, axes []Axis) {
	p.Int("Sample.Points", s.Points, 0, MaxRuns)
	if s.Points != 0 {
		return
	}
	for i, a := range axes {
		if a.span != nil {
			p.Add(fmt.Sprintf("Axes[%d] (%s)", i, a.title()), nil, "a span needs Sample.Points; allowed without: Field with Linspace or a list")
		}
	}
}

// combinations lists the levels of every point: the last axis changes first.
func combinations(axes []Axis) [][]pick {
	points := [][]pick{nil}
	for _, a := range axes {
		var longer [][]pick
		for _, p := range points {
			for i, l := range a.levels {
				longer = append(longer, append(p[:len(p):len(p)], pick{i, l}))
			}
		}
		points = longer
	}
	return points
}

// draw lists the levels of a sample of points.
func (s Sample) draw(axes []Axis) [][]pick {
	points := make([][]pick, s.Points)
	for i := range points {
		points[i] = make([]pick, len(axes))
	}
	for k, a := range axes {
		place := rng.New(s.Seed, "sweep sample", k, 0)
		part := rng.New(s.Seed, "sweep parts", k, 0).Perm(s.Points)
		for i := range points {
			share := place.Float64(uint64(i))
			if s.Latin {
				share = (float64(part[i]) + share) / float64(s.Points)
			}
			points[i][k] = a.at(share)
		}
	}
	return points
}
