package child

import (
	"fmt"
	"runtime"
	"strings"

	"crossbook/interp/compiled/wire"
)

// failureOf describes the value of a panic.
func failureOf(v any) *wire.Failure {
	f := &wire.Failure{}
	switch v := v.(type) {
	case runtime.Error:
		f.Way, f.Text = wire.RuntimeError, v.Error()
	case error:
		f.Way, f.Text = wire.ErrorValue, v.Error()
		f.NoteSentinels(v)
	case fmt.Stringer:
		f.Way, f.Text = wire.OtherValue, v.String()
	case string:
		f.Way, f.Text = wire.TextValue, v
	case int:
		f.Way, f.Int = wire.IntValue, v
	default:
		f.Way, f.Text = wire.OtherValue, fmt.Sprint(v)
	}
	return f
}

// places lists the lines of the cell's code through which a panic goes that is
// being recovered.
func places() []wire.Place {
	const deepest = 64
	pcs := make([]uintptr, deepest)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	var out []wire.Place
	for {
		f, more := frames.Next()
		function, own := strings.CutPrefix(f.Function, "main.")
		if own {
			out = append(out, wire.Place{Function: function, File: f.File, Line: f.Line})
		}
		if !more {
			return out
		}
	}
}
