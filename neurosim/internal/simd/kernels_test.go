package simd

import (
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"
)

// What every processor must compute: numbers whose product rounds at each step.
func TestKnownBits(t *testing.T) {
	state := uint64(1)
	next := func() float32 {
		state = state*6364136223846793005 + 1442695040888963407 // Knuth's MMIX
		return float32(int32(state>>32)) * 0x1p-31
	}
	x := trial{rows: 70, cols: 65, depth: 300, value: next}
	f := x.factors()
	for _, k := range detect() {
		c := x.result()
		multiply(k, 2, c, f)
		sum := fnv.New64a()
		for _, v := range c.Data[:70*65] {
			fmt.Fprintf(sum, "%08x", math.Float32bits(v))
		}
		if got, want := sum.Sum64(), uint64(0x872718e7f27c1eed); got != want {
			t.Errorf("%s: the bits hash to %#x, want %#x", k.name, got, want)
		}
	}
}

// The generator spells out the layout of what it works on.
func TestLayouts(t *testing.T) {
	for name, c := range map[string]struct{ got, want uintptr }{
		"tile.depth":     {unsafe.Offsetof(tile{}.depth), 24},
		"tile.stepB":     {unsafe.Offsetof(tile{}.stepB), 32},
		"tile.stride":    {unsafe.Offsetof(tile{}.stride), 40},
		"tile.load":      {unsafe.Offsetof(tile{}.load), 48},
		"tile.mask":      {unsafe.Offsetof(tile{}.mask), 56},
		"strip.stepFrom": {unsafe.Offsetof(strip{}.stepFrom), 16},
		"strip.stepTo":   {unsafe.Offsetof(strip{}.stepTo), 24},
		"strip.rows":     {unsafe.Offsetof(strip{}.rows), 32},
		"strip.depth":    {unsafe.Offsetof(strip{}.depth), 40},
		"blocks.counter": {unsafe.Offsetof(blocks{}.counter), 8},
		"blocks.key":     {unsafe.Offsetof(blocks{}.key), 24},
		"blocks.groups":  {unsafe.Offsetof(blocks{}.groups), 32},
	} {
		if c.got != c.want {
			t.Errorf("%s lies at %d, the kernels read it at %d", name, c.got, c.want)
		}
	}
}

func TestKernelsAreCurrent(t *testing.T) {
	files, err := filepath.Glob("gen/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no generator: ", err)
	}
	sum := sha256.New()
	for _, file := range append(files, "gen/go.mod") {
		sum.Write(read(t, file))
	}
	if want := fmt.Sprintf("// Sources: %x\n", sum.Sum(nil)); !strings.Contains(string(read(t, "table_amd64.go")), want) {
		t.Error("the kernels are older than their generator: run go generate")
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
