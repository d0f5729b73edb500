package plots

import (
	"math"
	"strings"
	"testing"
)

// faults checks that figures tell what is wrong with them.
func faults(t *testing.T, tests map[string]*Figure) {
	t.Helper()
	for want, f := range tests {
		err := f.Err()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
			continue
		}
		if data, _ := f.MIMEBundle(); data["text/plain"] != err.Error() {
			t.Errorf("the figure shows %v, want its error %v", data, err)
		}
	}
}

// told checks what figures say in words, the title excepted.
func told(t *testing.T, f *Figure, want string) {
	t.Helper()
	if got := f.String(); got != want {
		t.Errorf("the figure tells\n%s\nwant\n%s", got, want)
	}
}

// repeatsOf is a table of a few rows with repeats and a hole.
func repeatsOf() Columns {
	return Columns{
		"node": []int{22, 7, 22, 7, 22, 7},
		"cell": []string{"RRAM", "RRAM", "RRAM", "SRAM", "SRAM", "SRAM"},
		"area": []float64{2, 1, 4, 3, 8, math.NaN()},
	}
}

func TestBars(t *testing.T) {
	told(t, Bars(repeatsOf(), "node", "area").By("cell").ErrorBars(), `area against node
  7, RRAM: 1
  7, SRAM: 3
  22, RRAM: 3
  22, SRAM: 8
Bars: mean of 1 to 2 repeats. Error bars: minimum to maximum; none where there is one.
1 of 6 rows left out (not finite).`)
	told(t, Bars(repeatsOf(), "cell", "area"), `area against cell
  RRAM: 2.333
  SRAM: 5.5
Bars: mean of 2 to 3 repeats.
1 of 6 rows left out (not finite).`)
}

// The bars of a stack begin where those below end, and the axis reaches zero and
// their sum.
func TestStackedBars(t *testing.T) {
	p, err := Bars(repeatsOf(), "node", "area").By("cell").Stacked().content()
	if err != nil {
		t.Fatal(err)
	}
	bars := p.layers[0].(barLayer).bars
	for i, want := range [][2]float64{{0, 1}, {1, 4}, {0, 3}, {3, 11}} {
		if bars[i].base != want[0] || bars[i].top != want[1] {
			t.Errorf("bar %d is from %g to %g, want %v", i, bars[i].base, bars[i].top, want)
		}
	}
	d, err := Bars(repeatsOf(), "node", "area").By("cell").Stacked().compose()
	if err != nil || d.axes[1].low != 0 || d.axes[1].high < 11 {
		t.Errorf("axis %+v, error %v", d.axes[1], err)
	}
}

func TestBarErrors(t *testing.T) {
	many := make([]int, 50)
	for i := range many {
		many[i] = i
	}
	table := Columns{"x": []string{"a", "b"}, "y": []float64{1, -2}, "short": []int{1}, "nan": []float64{math.NaN(), math.Inf(1)}}
	faults(t, map[string]*Figure{
		`plots: Bars: no column "z"; the table has nan, short, x, y`:                     Bars(table, "x", "z"),
		`plots: Bars: column "y": row 0 holds a`:                                         Bars(Columns{"x": []int{1}, "y": []string{"a"}}, "x", "y"),
		`plots: Bars: column "x" has 2 rows, column "short" has 1`:                       Bars(table, "x", "short"),
		`plots: Bars: the table is nil`:                                                  Bars(nil, "x", "y"),
		`plots: Bars: no finite value of "nan" in 2 rows`:                                Bars(table, "x", "nan"),
		`column "x" has 50 values; a figure holds bars at no more than 40`:               Bars(Columns{"x": many, "y": many}, "x", "y"),
		`plots: Stacked: y of b is -2; stacked bars need values of 0 or more`:            Bars(table, "x", "y").Stacked(),
		`plots: Stacked: on a logarithmic axis`:                                          Bars(table, "x", "y").Stacked().LogY(),
		`plots: LogX: the x axis of bars has names`:                                      Bars(table, "x", "y").LogX(),
		`plots: Stacked: only a figure made by Bars`:                                     Curves(accuracy("a", 90, 3)).Stacked(),
		`plots: ErrorBars: only a figure made by Lines or Bars`:                          Curves(accuracy("a", 90, 3)).ErrorBars(),
		`plots: By: no column "z"`:                                                       Bars(table, "x", "y").By("z"),
		`plots: By: column "short" has 1 rows, the others have 2`:                        Bars(table, "x", "y").By("short"),
		"plots: Bars: no column \"q\"; the table has nan, short, x, y\nplots: By: \"c\"": Bars(table, "q", "y").failing("By", `"c"`),
	})
}

// failing adds an error, as a method does.
func (f *Figure) failing(method, text string) *Figure { return f.fail(method, errorString(text)) }

type errorString string

func (e errorString) Error() string { return string(e) }

// On a logarithmic axis bars have no end at zero, and values without a place are
// told.
func TestLogBars(t *testing.T) {
	f := Bars(Columns{"x": []string{"a", "b", "c"}, "y": []float64{1e-9, 1e-6, 0}}, "x", "y").LogY()
	d, err := f.compose()
	if err != nil || d.axes[1].low <= 0 || len(d.layers[0].(barLayer).bars) != 2 {
		t.Fatalf("axis %+v, error %v", d.axes[1], err)
	}
	if got := strings.Join(d.notes, ""); got != "1 of 3 rows left out (not finite, or not positive on a logarithmic axis)." {
		t.Errorf("notes %q", got)
	}
}
