package main

import (
	"fmt"
	"slices"
	"time"
)

// times are measurements of the same.
type times []time.Duration

func (t times) median() time.Duration {
	if len(t) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(t))
	return s[len(s)/2]
}

func (t times) best() time.Duration {
	if len(t) == 0 {
		return 0
	}
	return slices.Min(t)
}

// String is the median, with the best in brackets.
func (t times) String() string { return fmt.Sprintf("%s (%s)", spell(t.median()), spell(t.best())) }

// spell gives a time in milliseconds with three digits.
func spell(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 10:
		return fmt.Sprintf("%.2f ms", ms)
	case ms < 100:
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

// timed repeats do and tells how long each took.
func timed(rounds int, do func() error) (times, error) {
	var t times
	for range rounds {
		begun := time.Now()
		if err := do(); err != nil {
			return t, err
		}
		t = append(t, time.Since(begun))
	}
	return t, nil
}
