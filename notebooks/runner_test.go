package notebooks

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// shown is a cell's outputs in short: "stdout:a\n | result:b".
func shown(c Cell) string {
	var parts []string
	for _, o := range c.Outputs {
		switch o.Type {
		case StreamOutput:
			parts = append(parts, o.Stream+":"+o.Text)
		case ErrorOutput:
			parts = append(parts, "error:"+o.Error+":"+o.Message)
		case ResultOutput:
			parts = append(parts, "result:"+o.Bundle.Data["text/plain"].(string))
		case DisplayOutput:
			parts = append(parts, "display:"+o.Bundle.Data["text/plain"].(string))
		}
	}
	return strings.Join(parts, " | ")
}

func run(t *testing.T, r Runner, nb *Notebook) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return r.Run(ctx, nb, newScript())
}

func TestOutputs(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		want  []string
	}{
		{"streams of one name join", []string{"out a\nout b\nerr c\nout d"}, []string{"stdout:a\nb\n | stderr:c\n | stdout:d\n"}},
		{"a result", []string{"out a\n= b"}, []string{"stdout:a\n | result:b"}},
		{"an update replaces all displays of the id", []string{"show i old\nshow i old\nshow j other", "update i new"}, []string{"display:new | display:new | display:other", ""}},
		{"an update of nothing shows nothing", []string{"update i new"}, []string{""}},
		{"clear", []string{"out a\nclear\nout b"}, []string{"stdout:b\n"}},
		{"clear at the end", []string{"out a\nclear"}, []string{""}},
		{"clear that waits", []string{"out a\nclear-wait\nout b\nout c"}, []string{"stdout:b\nc\n"}},
		{"clear that waits in vain", []string{"out a\nclear-wait"}, []string{"stdout:a\n"}},
		{"a bar keeps its place and its last state", []string{"bar 1 10\nout a\nbar 5 10\nbar-end"}, []string{"display:training: 10/10 (100 %) | stdout:a\n"}},
		{"a bar without end leaves nothing", []string{"bar 1 10\nout a"}, []string{"stdout:a\n"}},
		{"a goroutine that prints later", []string{"out a\nlater b", "out c"}, []string{"stdout:a\nb\n", "stdout:c\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			nb := notebook(c.cells...)
			if err := run(t, Runner{}, nb); err != nil {
				t.Fatal(err)
			}
			for i, want := range c.want {
				if got := shown(nb.Cells[i]); got != want {
					t.Errorf("cell %d shows %q, want %q", i+1, got, want)
				}
			}
		})
	}
}

// Empty cells and prose do not count; old outputs go.
func TestCounts(t *testing.T) {
	nb := notebook("out a", " \n", "= b")
	nb.Cells[1].Count, nb.Cells[1].Outputs = 4, []Output{{Type: StreamOutput, Stream: "stdout", Text: "old"}}
	nb.Cells = append([]Cell{{Type: Markdown, ID: "m", Source: "# T"}}, nb.Cells...)
	if err := run(t, Runner{}, nb); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{0, 1, 0, 2} {
		if nb.Cells[i].Count != want {
			t.Errorf("cell %d has count %d, want %d", i+1, nb.Cells[i].Count, want)
		}
	}
	if len(nb.Cells[2].Outputs) != 0 {
		t.Error("the empty cell keeps its old output")
	}
	if got := nb.Cells[3].Outputs[0].Count; got != 2 {
		t.Errorf("the result has count %d, want 2", got)
	}
}

func TestFailingCell(t *testing.T) {
	nb := notebook("out a", "out b\nfail boom", "out c")
	nb.Cells[2].Outputs = []Output{{Type: StreamOutput, Stream: "stdout", Text: "old"}}
	err := run(t, Runner{}, nb)
	failed := (*CellError)(nil)
	if !errors.As(err, &failed) {
		t.Fatalf("error is %v", err)
	}
	if failed.Cell != 2 || failed.Source != "out b\nfail boom" || failed.Err.Value != "boom" || failed.Reason != "failed" {
		t.Errorf("error is %+v", failed)
	}
	for i, want := range []string{"stdout:a\n", "stdout:b\n | error:Panic:boom", ""} {
		if got := shown(nb.Cells[i]); got != want {
			t.Errorf("cell %d shows %q, want %q", i+1, got, want)
		}
	}
	if nb.Cells[2].Count != 0 {
		t.Error("the cell that did not run has a count")
	}
}

func TestErrorsAllowed(t *testing.T) {
	nb := notebook("fail one", "out b")
	if err := run(t, Runner{AllowErrors: true}, nb); err != nil {
		t.Errorf("with AllowErrors: %v", err)
	}
	nb = notebook("fail one", "out b")
	nb.Cells[0].Metadata["tags"] = []any{"raises-exception"}
	if err := run(t, Runner{}, nb); err != nil {
		t.Errorf("with the tag raises-exception: %v", err)
	}
	if got := shown(nb.Cells[0]) + shown(nb.Cells[1]); got != "error:Panic:onestdout:b\n" {
		t.Errorf("cells show %q", got)
	}
}

func TestTimeout(t *testing.T) {
	nb := notebook("out a\nhang", "out b")
	nb.Cells[0].Metadata["tags"] = []any{"raises-exception"} // expects an error, not this
	err := run(t, Runner{Timeout: 20 * time.Millisecond}, nb)
	if want := "cell 1 (In [1]) took longer than 20ms: Interrupted: context canceled"; err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	if got := shown(nb.Cells[0]); got != "stdout:a\n | error:Interrupted:context canceled" {
		t.Errorf("the cell shows %q", got)
	}
	nb = notebook("hang", "out b")
	if err := run(t, Runner{Timeout: 20 * time.Millisecond, AllowErrors: true}, nb); err != nil || shown(nb.Cells[1]) != "stdout:b\n" {
		t.Errorf("with AllowErrors: %v, the next cell shows %q", err, shown(nb.Cells[1]))
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := newScript()
	s.entered = func(kernel.Cell) { cancel() }
	nb := notebook("out a\nhang", "out b")
	err := Runner{AllowErrors: true}.Run(ctx, nb, s)
	if err == nil || !strings.Contains(err.Error(), "cell 1 (In [1]) was interrupted") {
		t.Errorf("error is %v", err)
	}
	if got := shown(nb.Cells[0]); !strings.HasPrefix(got, "stdout:a\n | error:Interrupted") {
		t.Errorf("the cell shows %q", got)
	}
	if err := (Runner{}).Run(ctx, notebook("out a"), s); err == nil || err.Error() != "interrupted before cell 1" {
		t.Errorf("a run that was over before it began: %v", err)
	}
}

func TestLimit(t *testing.T) {
	nb := notebook("flood 100\nflood 100\nshow i "+strings.Repeat("x", 300)+"\n= z", "out ok")
	if err := run(t, Runner{OutputLimit: 151}, nb); err != nil {
		t.Fatal(err)
	}
	got := shown(nb.Cells[0])
	if !strings.HasPrefix(got, "stdout:"+strings.Repeat("é", 75)+" | stderr:crossbook: this cell's output is longer than 151 bytes; ") {
		t.Errorf("the cell shows %q", got)
	}
	if got := shown(nb.Cells[1]); got != "stdout:ok\n" {
		t.Errorf("the next cell shows %q", got)
	}
}

// Many printed lines take time in proportion to their length.
func TestManyLines(t *testing.T) {
	c := &collector{limit: 16 << 20}
	cell, sink := c.begin()
	begin := time.Now()
	for range 300_000 {
		sink(display.Stream{Name: "stdout", Text: "0123456789 line\n"})
	}
	if got := c.finish(cell, 1); len(got) != 1 || len(got[0].Text) != 300_000*16 {
		t.Fatalf("%d outputs, the first of %d bytes", len(got), len(got[0].Text))
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

// Two runs of a notebook save the same bytes, although a bar's times differ.
func TestSameBytes(t *testing.T) {
	var files [2][]byte
	for i := range files {
		nb := notebook("bar 1 10\nbar-end\n= b", "fail x")
		_ = run(t, Runner{}, nb)
		var err error
		if files[i], err = nb.Bytes(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("%s\n%s", files[0], files[1])
	}
	for _, part := range []string{`"display_name": "Go (Crossbook)"`, `"mimetype": "text/x-go"`, `"version": "0.2.0"`} {
		if !bytes.Contains(files[0], []byte(part)) {
			t.Errorf("%s is missing in\n%s", part, files[0])
		}
	}
}

func TestTimings(t *testing.T) {
	nb := notebook("out a")
	nb.Cells[0].Metadata["execution"] = "stale"
	_ = run(t, Runner{}, nb)
	if _, has := nb.Cells[0].Metadata["execution"]; has {
		t.Error("times are stored unasked")
	}
	_ = run(t, Runner{Timings: true}, nb)
	times, _ := nb.Cells[0].Metadata["execution"].(map[string]any)
	for _, key := range []string{"iopub.status.busy", "iopub.execute_input", "shell.execute_reply", "iopub.status.idle"} {
		text, _ := times[key].(string)
		if _, err := time.Parse(time.RFC3339Nano, text); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestObservers(t *testing.T) {
	var seen []string
	r := Runner{
		Started:  func(cell int, source string) { seen = append(seen, source) },
		Progress: func(cell int, p display.Progress) { seen = append(seen, p.Title) },
	}
	if err := run(t, r, notebook("bar 1 10", "out a")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(seen, ","); got != "bar 1 10,training,out a" {
		t.Errorf("seen %q", got)
	}
}

// A cell that ignores its interrupt loses its process.
func TestStuckCell(t *testing.T) {
	s := newScript()
	err := Runner{Timeout: time.Millisecond, grace: 10 * time.Millisecond}.Run(context.Background(), notebook("stuck"), s)
	if err == nil || s.restarts != 1 {
		t.Errorf("error %v after %d restarts", err, s.restarts)
	}
}
