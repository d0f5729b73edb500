package wire_test

import (
	"fmt"
	"testing"

	"crossbook/kernel/wire"
)

func TestSeen(t *testing.T) {
	var s wire.Seen
	for range 2 {
		if !s.First(nil) {
			t.Error("a message without a signature was refused")
		}
	}
	signature := func(i int) []byte { return fmt.Appendf(nil, "%064d", i*1e8)[16:] }
	const many = 100000
	for i := range many {
		digits := append(fmt.Appendf(nil, "%016x", i), signature(0)...)
		if !s.First(digits) || s.First(digits) {
			t.Fatalf("signature %d: seen wrongly", i)
		}
	}
	for _, i := range []int{many - 1, many - 10000} {
		if s.First(append(fmt.Appendf(nil, "%016x", i), signature(0)...)) {
			t.Errorf("signature %d of %d is forgotten", i, many)
		}
	}
}
