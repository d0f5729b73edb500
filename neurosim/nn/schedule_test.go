package nn

import (
	"slices"
	"strings"
	"testing"
)

func TestOrderOfASchedule(t *testing.T) {
	for _, c := range []struct {
		waits [][]int
		want  []int // nil: there is none
	}{
		{Chain(3).WaitsFor, []int{2, 1, 0}},
		{Star(3).WaitsFor, []int{2, 1, 0}},
		{[][]int{{2}, {0}, nil}, []int{2, 0, 1}},
		{[][]int{{1}, {0}, nil}, nil},
		{[][]int{{0}, nil, nil}, nil},
	} {
		got, ok := Schedule{WaitsFor: c.waits}.Order()
		if !slices.Equal(got, c.want) || ok != (c.want != nil) {
			t.Errorf("%v: %v, %v; want %v", c.waits, got, ok, c.want)
		}
	}
}

func TestSchedulesThatCannotStand(t *testing.T) {
	broken := func(change func(s *Schedule)) Schedule {
		s := Chain(3)
		change(&s)
		return s
	}
	for want, s := range map[string]Schedule{
		"":                          Chain(3),
		"WaitsFor: has 2 layers":    Chain(2),
		"WaitsFor[0]: 3 is not":     broken(func(s *Schedule) { s.WaitsFor[0] = []int{3} }),
		"Feedback[1]: -1 is not":    broken(func(s *Schedule) { s.Feedback[1] = -1 }),
		"Transposed: has 0 layers":  broken(func(s *Schedule) { s.Transposed = nil }),
		"layers wait for each":      broken(func(s *Schedule) { s.WaitsFor[1] = []int{0} }),
		"WaitsFor[2]: [0] is not":   broken(func(s *Schedule) { s.WaitsFor = [][]int{nil, nil, {0}} }),
		"allowed: a graph without ": broken(func(s *Schedule) { s.WaitsFor[1] = []int{1} }),
	} {
		err := s.Validate(3)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
