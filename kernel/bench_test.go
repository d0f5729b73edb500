package kernel_test

import (
	"testing"

	"crossbook/kernel/kerneltest"
)

// BenchmarkCell is the round trip of a cell that does nothing, from the request
// to reply and idle.
func BenchmarkCell(b *testing.B) {
	benchmark(b, "", 0)
}

// BenchmarkLines prints 100,000 lines.
func BenchmarkLines(b *testing.B) {
	benchmark(b, "lines 100000", len(numbers(0, 100000, 1)))
}

// BenchmarkBulk prints 50 MiB in pieces of 1 MiB.
func BenchmarkBulk(b *testing.B) {
	benchmark(b, "bulk 50", 50<<20)
}

func benchmark(b *testing.B, code string, printed int) {
	_, client := kerneltest.Start(b, &kerneltest.Mock{})
	b.SetBytes(int64(printed))
	for b.Loop() {
		a, err := client.Execute(code)
		if err != nil {
			b.Fatal(err)
		}
		if n := len(a.Text("stdout")); n != printed {
			b.Fatalf("%d bytes printed, want %d", n, printed)
		}
	}
}
