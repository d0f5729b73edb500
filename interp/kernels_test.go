package interp_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/traefik/yaegi/interp"

	"crossbook/interp/symbols"
)

// kernel is a loop whose speed is compared with that of the interpreter below.
type kernel struct {
	name, code string
	n          int
}

var kernels = []kernel{
	{"int loop", "func kernel(n int) int { s := 0; for i := 0; i < n; i++ { s += i }; return s }", 20000},
	{"float recurrence", "func kernel(n int) int { x := 0.5; for i := 0; i < n; i++ { x = 3.7*x*(1-x) }; return int(x) }", 20000},
	{"slice", "func kernel(n int) int { a := make([]float64, 100); for i := 0; i < n; i++ { a[i%100] = a[(i+1)%100] + 1 }; return int(a[0]) }", 10000},
	{"matrix product", "func kernel(n int) int { a := make([]float64, 100); s := 0.0; for r := 0; r < n; r++ { for k := 0; k < 10; k++ { s += a[k] * a[k*10] } }; return int(s) }", 1000},
	{"range over slice", "func kernel(n int) int { a := make([]int, n); s := 0; for _, x := range a { s += x }; return s }", 20000},
	{"if chain", "func kernel(n int) int { s := 0; for i := 0; i < n; i++ { if i%3 == 0 { s++ } else if i%5 == 0 { s += 2 } else { s += 3 } }; return s }", 10000},
	{"struct fields", "type point struct{ x, y float64 }\nfunc kernel(n int) int { p := point{}; for i := 0; i < n; i++ { p.x += 1; p.y += p.x }; return int(p.y) }", 10000},
	{"map update", "func kernel(n int) int { m := map[int]int{}; for i := 0; i < n; i++ { m[i%100]++ }; return len(m) }", 10000},
	{"append", "func kernel(n int) int { var a []int; for i := 0; i < n; i++ { a = append(a, i) }; return len(a) }", 10000},
	{"string +=", "func kernel(n int) int { s := \"\"; for i := 0; i < n; i++ { s += \"x\" }; return len(s) }", 2000},
	{"compiled function", "func kernel(n int) int { s := 0.0; for i := 0; i < n; i++ { s += math.Sqrt(float64(i)) }; return int(s) }", 5000},
	{"compiled method", "func kernel(n int) int { var b strings.Builder; for i := 0; i < n; i++ { b.WriteByte('x') }; return b.Len() }", 5000},
	{"function", "func add(a, b int) int { return a + b }\nfunc kernel(n int) int { s := 0; for i := 0; i < n; i++ { s = add(s, i) }; return s }", 5000},
	{"float function", "func half(x float64) float64 { return x*0.5 + 1 }\nfunc kernel(n int) int { s := 0.0; for i := 0; i < n; i++ { s = half(s) }; return int(s) }", 5000},
	{"vector method", "type vec struct{ x, y, z float64 }\nfunc (v vec) plus(w vec) vec { return vec{v.x+w.x, v.y+w.y, v.z+w.z} }\nfunc kernel(n int) int { s := vec{}; t := vec{1, 2, 3}; for i := 0; i < n; i++ { s = s.plus(t) }; return int(s.x) }", 2000},
	{"recursion", "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }\nfunc kernel(n int) int { return fib(n) }", 15},
	{"closure", "func kernel(n int) int { s := 0; f := func(x int) { s += x }; for i := 0; i < n; i++ { f(i) }; return s }", 3000},
	{"pointer method", "type counter struct{ n int }\nfunc (c *counter) add(x int) { c.n += x }\nfunc kernel(n int) int { c := &counter{}; for i := 0; i < n; i++ { c.add(i) }; return c.n }", 3000},
	{"sort.Slice", "func kernel(n int) int { a := make([]int, n); for i := range a { a[i] = (i * 7919) % n }; sort.Slice(a, func(i, j int) bool { return a[i] < a[j] }); return a[0] }", 500},
}

// raw runs a kernel in the interpreter alone.
func (k kernel) raw(b *testing.B) func() {
	b.Helper()
	i := interp.New(interp.Options{})
	for _, path := range []string{"math", "sort", "strings"} {
		if err := i.Use(interp.Exports{path + "/" + path: symbols.Library().Symbols(path)}); err != nil {
			b.Fatal(err)
		}
		if _, err := i.Eval(fmt.Sprintf("import %q", path)); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := i.Eval(k.code); err != nil {
		b.Fatal(err)
	}
	f, err := i.Eval("kernel")
	if err != nil {
		b.Fatal(err)
	}
	call := f.Interface().(func(int) int)
	return func() { call(k.n) }
}

// cell runs a kernel as a function of a session.
func (k kernel) cell(b *testing.B) func() {
	b.Helper()
	n := newNotebook(b)
	n.must(b, "import (\n\"math\"\n\"sort\"\n\"strings\"\n)\n_, _, _ = math.Pi, sort.Ints, strings.ToUpper\n"+k.code)
	call := n.must(b, "func(n int) int { return kernel(n) }")[0].(func(int) int)
	return func() { call(k.n) }
}

// BenchmarkKernels reports how many times as fast as the interpreter alone a
// session runs each kernel, and the geometric mean; the target is 1.
func BenchmarkKernels(b *testing.B) {
	const rounds = 15
	product, count := 0.0, 0
	for _, k := range kernels {
		b.Run(k.name, func(b *testing.B) {
			raw, cell := k.raw(b), k.cell(b)
			ratio := 0.0
			for b.Loop() {
				slow, fast := time.Hour, time.Hour
				for range rounds {
					slow, fast = min(slow, timed(raw)), min(fast, timed(cell))
				}
				ratio = float64(slow) / float64(fast)
			}
			b.ReportMetric(ratio, "times")
			product += math.Log(ratio)
			count++
		})
	}
	b.Logf("geometric mean %.2f", math.Exp(product/float64(count)))
}

func timed(f func()) time.Duration {
	began := time.Now()
	f()
	return time.Since(began)
}
