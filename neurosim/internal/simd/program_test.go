package simd

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// cell is what the comment of [Program] says of one cell, and whether it moves.
func (p *Program) cell(w *float32, v, r float32) (moves bool) {
	zero := len(p.Steps) / 2
	n := rint(float32(float32(v*p.Inverse)*p.Gain) * p.Half)
	n = min(max(n, float32(-zero)), float32(zero))
	if n != n {
		n = 0
	}
	step, old := p.Steps[zero+int(n)], *w
	down := step.Offset - float32(step.Slope*old)
	d := old - min(max(old-down, -p.Limit), p.Limit)
	q := float32(math.Floor(float64(d + r)))
	next := old - float32(p.Rate*float32(q*p.Unit))
	if !p.Open || q == 0 {
		next = min(max(next, -p.Limit), p.Limit)
	}
	*w = next
	return q != 0
}

// aProgram draws an update of cells with so many pulses over their range.
func aProgram(t *rapid.T) Program {
	pulses := rapid.IntRange(1, 40).Draw(t, "pulses")
	p := Program{
		Inverse: float32(math.Ldexp(1, rapid.IntRange(-3, 3).Draw(t, "inverse"))), Gain: 1, Half: float32(pulses) / 2,
		Limit: 0.96875, Unit: 1.0 / 32, Rate: rapid.SampledFrom([]float32{1, 0.1}).Draw(t, "rate"),
		Open: rapid.Bool().Draw(t, "open"), Key: [2]uint32{rapid.Uint32().Draw(t, "key"), 5},
		Counter: [4]uint32{rapid.SampledFrom([]uint32{0, 7, 1<<32 - 1024}).Draw(t, "counter"), 3, 1, 2},
	}
	for n := -pulses; n <= pulses; n++ {
		growth := float32(math.Expm1(0.7 * float64(n) / float64(pulses)))
		p.Steps = append(p.Steps, Step{1.3 * growth, growth})
	}
	p.Steps[pulses] = Step{}
	return p
}

// onAllPaths runs a test with the kernels that this processor has and without.
func onAllPaths(t *testing.T, test func(t *testing.T)) {
	most := updateLanes
	defer func() { updateLanes = most }()
	for _, updateLanes = range []int{0, 8, 16} {
		if updateLanes <= most {
			t.Run(fmt.Sprintf("%d lanes", updateLanes), test)
		}
	}
}

// The lists of the cells at work are those that cells one by one make.
func TestProgram(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		m := new(Moves)
		rapid.Check(t, func(t *rapid.T) {
			p := aProgram(t)
			size, first := rapid.IntRange(1, 70).Draw(t, "size"), mostCells*rapid.IntRange(0, 2).Draw(t, "first")
			w, v := numbers(t, "w", size, p.Limit), numbers(t, "v", size, 2)
			if rapid.Bool().Draw(t, "few pulses") {
				for i := range v {
					if i%3 != 0 {
						v[i] *= 1e-6
					}
				}
			}
			if i := rapid.IntRange(0, 2*size).Draw(t, "no number"); i < size {
				v[i] = float32(math.NaN())
			}
			r := make([]float32, first+size)
			Uniform(r, p.Counter, p.Key)
			wantW, want := slices.Clone(w), []uint32{}
			for i := range w {
				if p.cell(&wantW[i], v[i], r[first+i]) {
					want = append(want, uint32(i))
				}
			}
			part := rapid.IntRange(0, size).Draw(t, "part")
			p.Pulse(m, w[:part], v[:part], 0)
			p.Pulse(m, w[part:], v[part:], part)
			if rapid.Bool().Draw(t, "by the list") {
				v = nil
			}
			moved, values := p.Cells(m, w, v, first)
			for k, i := range moved {
				w[i] = values[k]
			}
			same(t, "weight", w, wantW)
			if !slices.Equal(moved, want) {
				t.Fatalf("cells %v move, want %v", moved, want)
			}
		})
	})
}

// A full piece, in which all cells are at work, fits the lists.
func TestProgramOfAFullPiece(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		p, m := Program{
			Inverse: 1, Gain: 1, Half: 8, Limit: 1, Unit: 1, Rate: 1, Steps: make([]Step, 17),
		}, new(Moves)
		for i := range p.Steps {
			p.Steps[i].Offset = float32(i - 8)
		}
		w, v := make([]float32, mostCells), make([]float32, mostCells)
		for i := range v {
			v[i] = 1
		}
		p.Pulse(m, w, v, 0)
		moved, values := p.Cells(m, w, v, 0)
		if len(moved) != mostCells || len(values) != mostCells {
			t.Errorf("%d of %d cells move", len(moved), mostCells)
		}
		for k, z := range m.Deviates(moved, 0, p.Counter, p.Key) {
			if want := Deviate(Philox4x32([4]uint32{uint32(k) / 4}, p.Key), uint64(k)); z != want {
				t.Fatalf("deviate %d is %g, want %g", k, z, want)
			}
		}
	})
}

func TestProgramStaysInPieces(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("cells from the middle of a piece on are programmed")
		}
	}()
	p := Program{Steps: make([]Step, 3)}
	p.Cells(new(Moves), make([]float32, 8), make([]float32, 8), 8)
}

// Deviates have the bits of the transform by package math, as amd64 computes it.
func TestDeviatesAreThoseOfMath(t *testing.T) {
	worst := 0.0
	check := func(words [4]uint32) {
		for i := range uint64(4) {
			u, v := words[i&2], words[i&2+1]
			radius := math.Sqrt(-2 * math.Log((float64(u)+0.5)*0x1p-32))
			sin, cos := math.Sincos(2 * math.Pi * float64(v) * 0x1p-32)
			want := radius * cos
			if i&1 == 1 {
				want = radius * sin
			}
			worst = max(worst, math.Abs(Deviate(words, i)-want))
		}
	}
	edges := []uint32{0, 1, 2, 1 << 29, 1<<29 - 1, 1<<31 - 1, 1 << 31, 3037000499, 3037000500, 1<<32 - 2, 1<<32 - 1}
	for _, u := range edges {
		for _, v := range edges {
			check([4]uint32{u, v, v, u})
		}
	}
	for i := range uint32(50_000) {
		check(Philox4x32([4]uint32{i}, [2]uint32{1, 2}))
	}
	if tolerance := map[bool]float64{true: 0, false: 1e-14}[Path() != "arm64"]; worst > tolerance {
		t.Errorf("off by %g, more than %g", worst, tolerance)
	}
}

func TestDeviatesAreTheSameEverywhere(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		m := new(Moves)
		rapid.Check(t, func(t *rapid.T) {
			list := m.moved[:0]
			for i := range uint32(rapid.IntRange(0, 200).Draw(t, "last")) {
				if rapid.Bool().Draw(t, "listed") {
					list = append(list, i)
				}
			}
			first := mostCells * rapid.IntRange(0, 3).Draw(t, "first")
			key := [2]uint32{rapid.Uint32().Draw(t, "key"), 9}
			counter := [4]uint32{1<<32 - 2048, 1, 2, 3}
			got := m.Deviates(list, first, counter, key)
			for k, i := range list {
				at := uint64(first) + uint64(i)
				b := blocks{counter: counter}
				b.count(at / 4)
				if want := Deviate(Philox4x32(b.counter, key), at); got[k] != want {
					t.Fatalf("deviate %d is %g, want %g", at, got[k], want)
				}
			}
		})
	})
}

func TestProgramLayout(t *testing.T) {
	for name, c := range map[string]struct{ got, want uintptr }{
		"counter": {unsafe.Offsetof(placing{}.counter), 8},
		"key":     {unsafe.Offsetof(placing{}.key), 24},
		"groups":  {unsafe.Offsetof(placing{}.groups), 32},
		"weights": {unsafe.Offsetof(programming{}.w), 40},
		"found":   {unsafe.Offsetof(programming{}.found), 80},
		"open":    {unsafe.Offsetof(programming{}.open), 104},
		"all":     {unsafe.Offsetof(programming{}.v), 112},
		"normals": {unsafe.Offsetof(deviating{}.to), 40},
		"inverse": {unsafe.Offsetof(pulsing{}.inverse), 40},
		"first":   {unsafe.Offsetof(pulsing{}.first), 60},
		"to come": {unsafe.Offsetof(pulsing{}.w), 64},
		"last":    {unsafe.Offsetof(programming{}.inverse), 144},
	} {
		if c.got != c.want {
			t.Errorf("%s lies at %d, the kernels read it at %d", name, c.got, c.want)
		}
	}
}

// A velocity without pulses has none above it in size that is without.
func TestPulses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := aProgram(t)
		v := rapid.Float32Range(-0.2, 0.2).Draw(t, "v")
		w := float32(0)
		if p.Pulses(v) != p.Pulses(-v) || !p.Pulses(v) && p.cell(&w, v/2, 0.5) {
			t.Fatalf("velocities of %g and half of it: %t", v, p.Pulses(v))
		}
	})
}

// A tenth of the cells get pulses, as in the middle of a training.
func BenchmarkProgram(b *testing.B) {
	for _, share := range []float32{0.05, 0.1, 0.6, 1} {
		b.Run(fmt.Sprintf("%.0f %% pulsed", 100*share), func(b *testing.B) {
			p, m := Program{Inverse: 1, Gain: 1, Half: 32, Limit: 0.96875, Unit: 1.0 / 32, Rate: 1, Steps: make([]Step, 129)}, new(Moves)
			for i := range p.Steps {
				p.Steps[i].Offset = float32(i-64) / 32
			}
			w, v, r := make([]float32, mostCells), make([]float32, mostCells), make([]float32, mostCells)
			Uniform(r, [4]uint32{}, [2]uint32{7, 7})
			Normal(v, [4]uint32{}, [2]uint32{6, 6})
			for i := range v {
				v[i] *= 0.06
				if r[i] > share {
					v[i] = 0
				}
			}
			start := processorTime()
			for b.Loop() {
				p.Pulse(m, w, v, 0)
				moved, _ := p.Cells(m, w, v, 0)
				m.Deviates(moved, 0, p.Counter, p.Key)
			}
			b.ReportMetric(mostCells*float64(b.N)/(processorTime()-start)*1e-6, "Mcells/cpu-s")
		})
	}
}
