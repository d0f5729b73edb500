package plots

import (
	"fmt"
	"math"
	"reflect"
)

// series is one line of a figure.
type series struct {
	name   string
	points []point
	gone   int // points left out
}

// point is a place on a line, with the band around it.
type point struct {
	x, y      float64
	low, high float64 // of the band; NaN: none
	gap       bool    // points were left out before it: the line starts anew
}

func (p point) banded() bool { return !math.IsNaN(p.low) }

// smallest is the smallest number on a logarithmic axis.
const smallest = 1e-300

// drawable leaves out what the axes cannot show: points that are not finite, and
// on a logarithmic axis those that are not positive.
func (s series) drawable(logX, logY bool) series {
	out := series{name: s.name}
	gap := false
	for _, p := range s.points {
		if !finite(p.x) || !finite(p.y) || (logX && p.x < smallest) || (logY && p.y < smallest) {
			out.gone++
			gap = true
			continue
		}
		p.gap, gap = gap, false
		out.points = append(out.points, p)
	}
	return out
}

func (s series) note(logarithmic bool) string {
	if s.gone == 0 {
		return ""
	}
	why := "not finite"
	if logarithmic {
		why = "not finite, or not positive on a logarithmic axis"
	}
	who := ""
	if s.name != "" {
		who = s.name + ": "
	}
	return fmt.Sprintf("%s%d of %d points left out (%s).", who, s.gone, s.gone+len(s.points), why)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// isNil tells an interface that holds a nil pointer too, whose methods would
// panic.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Func, reflect.Interface:
		return r.IsNil()
	}
	return false
}
