package interp_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
)

// assist asks everything about a place, which must hold whatever the code is.
func assist(t *testing.T, n *notebook, code string, at int) {
	t.Helper()
	start, end, found := n.Complete(code, at)
	if start < 0 || start > end || end > len(code) {
		t.Errorf("Complete(%q, %d) replaces %d to %d", code, at, start, end)
	}
	if at >= 0 && at <= len(code) && (at < start-3 || at > end+3) {
		t.Errorf("Complete(%q, %d) replaces %d to %d", code, at, start, end)
	}
	for _, f := range found {
		if f.Text == "" || f.Kind == "" || strings.Contains(f.Text+f.Signature, "cursor__") {
			t.Errorf("Complete(%q, %d) finds %+v", code, at, f)
		}
	}
	text, markdown, ok := n.Inspect(code, at, 1)
	if ok != (text != "") || ok != (markdown != "") {
		t.Errorf("Inspect(%q, %d) = %q, %q, %v", code, at, text, markdown, ok)
	}
}

func FuzzAssist(f *testing.F) {
	n := newLaboratory(f)
	f.Add("fmt.Println(sp\nfor i := range deep. {", 14)
	f.Add("import \"\x00", 8)
	f.Add("func (d", 7)
	f.Add("func (Dist) M() {}; m[\"", 23)
	f.Add("type T = T\nfunc (T) x()", 22)
	f.Add("type G[T any] struct { *G[[]T] }\nvar g G[int]\ng.", 49)
	f.Add("type G[T ny] struct { *G[[]T] }\nvar g G[iEEEEEEnt]\ng.", 49)
	f.Add("type G[T any] struct { *H[T]; x undefined }\ntype H[T any] struct { *G[map[T]int] }\ntype A [len(G[int]{}.y)]int\ng.", 97)
	f.Add("x := 1\r\nx.", 11)
	f.Fuzz(func(t *testing.T, code string, at int) {
		const slow = 5 * time.Second
		watch := time.AfterFunc(slow, func() { panic(fmt.Sprintf("no answer for %q at %d", code, at)) })
		defer watch.Stop()
		assist(t, n, code, at)
	})
}

// TestBrokenCode cuts, joins and damages good code and asks at random places.
func TestBrokenCode(t *testing.T) {
	n := newLaboratory(t)
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{
		"func f(a, b int) (r int) { defer deep.Set(1); return a }\n", "for i, v := range m { x += v }\n", "switch y := x.(type) { case Dist: y.Far() }\n",
		"type L[T any] struct { next *L[T] }\n", "func (d *Dist) Add(o Dist) { d.Metres += o.Metres }\n", "q := []device.Analog{{Levels: 3}, {}}\n",
		"import p2 \"gonum.org/v1/plot\"\n", "var a, b = add(1, 2), pick([]int{1}, 0)\n", "go func() { ctx.Done() }()\n", "const c = iota + `raw`\n",
		"if v, ok := m[\"alpha\"]; ok { v.x }\n", "L[int]{}.next.next\n", "type R struct{ R }\nvar r R\nr.R.R\n", "/* open", "\"quote", "é ", "}", "(", "[", ".", "\r\n", "\x00", "\xff",
	}
	rounds := 1500
	if testing.Short() {
		rounds = 150
	}
	for range rounds {
		var b strings.Builder
		for range 1 + random.IntN(4) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		code := b.String()
		if cut := random.IntN(len(code) + 1); random.IntN(3) == 0 {
			code = code[:cut]
		} else if random.IntN(2) == 0 {
			code = code[:cut] + code[min(len(code), cut+random.IntN(5)):]
		}
		assist(t, n, code, random.IntN(len(code)+1))
	}
}

// TestAssistWhileRunning asks while a cell changes what is asked about. Under the
// race detector it shows that nothing is read that a cell may write.
func TestAssistWhileRunning(t *testing.T) {
	n := newLaboratory(t)
	n.must(t, "total := 0")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ended := make(chan error)
	go func() {
		_, err := n.Run(ctx, 2, "import \"encoding/json\"\nfor ctx.Err() == nil { total++; m[\"gamma\"] = total; delete(m, \"beta\"); deep.Extra++ }")
		ended <- err
	}()
	ask := func() {
		assist(t, n, "deep.", 5)
		assist(t, n, "m[\"", 3)
		assist(t, n, "json.Mar", 8)
		assist(t, n, "fmt.Println(total, tot", 22)
		n.Variables()
	}
	start := time.Now()
	for range 20 {
		ask()
	}
	if slow := time.Since(start); slow > patience/2 {
		t.Errorf("asked for %v while a cell runs", slow)
	}
	cancel()
	<-ended
	if text, _, _ := n.Inspect("total", 1, 0); !strings.Contains(text, "total int = ") {
		t.Errorf("after the cell: %q", text)
	}
}

// TestAssistBetweenCells asks while cells come and go.
func TestAssistBetweenCells(t *testing.T) {
	n := newLaboratory(t)
	done := make(chan struct{})
	var asking sync.WaitGroup
	for range 2 {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				assist(t, n, "thing.", 6)
				assist(t, n, "m[\"", 3)
				assist(t, n, "hash.N", 6)
				assist(t, n, "func (t Thing) M() { t.", 23)
				n.Variables()
			}
		})
	}
	for _, path := range []string{"encoding/json", "net/http", "gonum.org/v1/gonum/mat", "image/png", "text/template"} {
		n.must(t, "import \""+path+"\"\ntype Thing struct { A int; B []string }\nfunc (t Thing) Len() int { return len(t.B) }\nthing := Thing{A: 1}\nm[\"new\"] = thing.Len()")
		n.must(t, "thing.B = append(thing.B, \"x\")\nfor i := range 100 { m[fmt.Sprint(i)] = i }")
	}
	close(done)
	asking.Wait()
}

// TestAssistBesideGoroutines does not look at variables that a goroutine of an
// earlier cell may change.
func TestAssistBesideGoroutines(t *testing.T) {
	n := newLaboratory(t)
	n.must(t, "m[\"gamma\"] = 0\nstop, stopped := make(chan bool), make(chan bool)\ngo func() { for { select { case <-stop: close(stopped); return; default: m[\"gamma\"]++ } } }()")
	for range 20 {
		if _, _, found := n.Complete("m[\"", 3); len(found) > 0 {
			t.Fatalf("keys of a map that a goroutine writes: %v", found)
		}
		if text, _, _ := n.Inspect("m", 1, 0); text != "var m map[string]int" {
			t.Fatalf("Inspect(m) = %q", text)
		}
	}
	n.must(t, "close(stop); <-stopped")
	for deadline := time.Now().Add(patience); ; {
		if _, _, found := n.Complete("m[\"", 3); len(found) == 3 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the goroutine ended, but the keys are not found")
		}
	}
}
