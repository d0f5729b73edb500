package kernel

import (
	"testing"
	"time"
)

func TestRate(t *testing.T) {
	start := time.Unix(1e9, 0)
	for name, c := range map[string]struct {
		size, count int
		every       time.Duration
		dropped     bool
	}{
		"little":               {1000, 100, time.Second, false},
		"just enough":          {100000, 300, 100 * time.Millisecond, false},
		"too many bytes":       {110000, 300, 100 * time.Millisecond, true},
		"a burst that may be":  {2900000, 1, 0, false},
		"a burst that may not": {1 << 20, 3, 0, true},
		"too many messages":    {1, 6000, 900 * time.Microsecond, true},
		"many messages":        {1, 6000, 1100 * time.Microsecond, false},
	} {
		var r rate
		dropped := false
		for i := range c.count {
			dropped = r.add(c.size, start.Add(time.Duration(i)*c.every)) || dropped
		}
		if dropped != c.dropped {
			t.Errorf("%s: dropped %v, want %v", name, dropped, c.dropped)
		}
	}
}
