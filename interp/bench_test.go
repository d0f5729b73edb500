package interp_test

import "testing"

// Targets on the machine of a notebook: a new session 60 ms, an expression 2 ms,
// a definition with a call 3 ms.

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newNotebook(b)
	}
}

func BenchmarkExpression(b *testing.B) {
	n := newNotebook(b)
	for b.Loop() {
		n.must(b, "1+1")
	}
}

func BenchmarkDefinitionAndCall(b *testing.B) {
	n := newNotebook(b)
	n.must(b, "func g(x int) int { return f(x) }\nfunc f(x int) int { return x }")
	for b.Loop() {
		n.must(b, "func f(x int) int { return x + 1 }\nf(2)")
	}
}

// BenchmarkLongSession runs cells of a session that has declared much already.
func BenchmarkLongSession(b *testing.B) {
	n := newNotebook(b)
	for range 50 {
		n.must(b, "type T struct{ a, b int }\nfunc (t T) Sum() int { return t.a + t.b }\nfunc f(t T) int { return t.Sum() }\nt := T{1, 2}\nx := f(t)")
	}
	for b.Loop() {
		n.must(b, "y := f(t) + x\ny")
	}
}

// BenchmarkPlot checks a cell that needs the types of gonum/plot.
func BenchmarkPlot(b *testing.B) {
	for b.Loop() {
		n := newNotebook(b)
		n.must(b, "import \"gonum.org/v1/plot\"\nimport \"gonum.org/v1/plot/plotter\"\np := plot.New()\np.Add(plotter.NewGrid())")
	}
}

func BenchmarkCalls(b *testing.B) {
	n := newNotebook(b)
	n.must(b, `type C struct{ n int }
func (c *C) Add(x int) { c.n += x }
func add(a, b int) int { return a + b }
func methods(n int) int { var c C; for i := range n { c.Add(i) }; return c.n }
func functions(n int) int { s := 0; for i := range n { s = add(s, i) }; return s }
func loop(n int) int { s := 0; for i := range n { s += i }; return s }`)
	for _, name := range []string{"methods", "functions", "loop"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				n.must(b, name+"(10000)")
			}
		})
	}
}

// BenchmarkComplete is a member of a value in a session with some declarations;
// the target is 5 ms.
func BenchmarkComplete(b *testing.B) {
	n := newLaboratory(b)
	code := "q := plot.New()\nfor i := range 10 {\n\tq.Title.Text = fmt.Sprint(i)\n\tq."
	for b.Loop() {
		if _, _, found := n.Complete(code, len(code)); len(found) == 0 {
			b.Fatal("nothing found")
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	n := newLaboratory(b)
	for b.Loop() {
		if _, _, found := n.Inspect("d := device.Analog{}\nfmt.Println(d, ", 36, 0); !found {
			b.Fatal("nothing found")
		}
	}
}
