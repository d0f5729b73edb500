package check

import (
	"errors"
	"math"
	"testing"
)

func TestProblems(t *testing.T) {
	var inner, outer Problems
	if inner.Err() != nil {
		t.Error("nothing is something")
	}
	inner.Int("Levels", -1, 0, 8)
	inner.Float("LTP", math.NaN(), -9, 9)
	inner.Float("LTD", 9, -9, 9)
	inner.OneOf("Loss", "hinge", "squares", "cross-entropy")
	inner.OneOf("Loss", "", "squares")
	outer.Under("Device", inner.Err())
	outer.Under("Data", errors.New("no such set"))
	outer.Under("Net", nil)
	const want = `Device.Levels: -1 is not allowed; allowed: 0 to 8
Device.LTP: NaN is not allowed; allowed: -9 to 9
Device.Loss: "hinge" is not allowed; allowed: squares, cross-entropy or ""
Data: no such set`
	if got := outer.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
