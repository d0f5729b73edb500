package engine

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"

	"crossbook/kernel/display"
)

// TestOrder: of every display exactly the text printed before it comes before
// it, on both streams.
func TestOrder(t *testing.T) {
	const n = 300
	r := fine(t, started(t), fmt.Sprintf("mixed:%d", n))
	var out, errs strings.Builder
	shown := 0
	for _, event := range r.all() {
		switch event := event.(type) {
		case display.Stream:
			if event.Name == "stdout" {
				out.WriteString(event.Text)
			} else {
				errs.WriteString(event.Text)
			}
		case display.Data:
			if want := fmt.Sprintf("<%d d>", shown); event.Bundle.Data["text/plain"] != want {
				t.Fatalf("display %v, want %s", event.Bundle.Data, want)
			}
			if got := strings.Count(out.String(), " o>"); got != shown+1 {
				t.Fatalf("display %d after %d texts on stdout", shown, got)
			}
			if got := strings.Count(out.String(), "."); got != dots(shown) {
				t.Fatalf("display %d after %d dots, want %d", shown, got, dots(shown))
			}
			if got := strings.Count(errs.String(), " e>"); got != shown+1 {
				t.Fatalf("display %d after %d texts on stderr", shown, got)
			}
			shown++
		}
	}
	if shown != n {
		t.Errorf("%d displays", shown)
	}
	if strings.Contains(out.String()+errs.String(), "\ufffd") {
		t.Error("a marker, or a piece of one, got through")
	}
}

// dots is how many dots fakeMixed prints up to and with number n.
func dots(n int) int {
	sum := 0
	for i := range n + 1 {
		sum += i * 37 % 5000
	}
	return sum
}

func TestPartialLineComesAtOnce(t *testing.T) {
	s, r := started(t), newRecorder()
	done := begin(s, "print:no newline ;;spin:", r)
	r.await(t, "stdout", "no newline ")
	s.Interrupt()
	await(t, done)
}

func TestSplitRunes(t *testing.T) {
	s := started(t)
	for _, test := range []struct{ code, want string }{
		{"hex:" + fmt.Sprintf("%x", "aé€🦋z"), "aé€🦋z"},
		{"hex:61ff62", "a\ufffdb"},
		{"hex:e282", "\ufffd"}, // the rune never ends: shown at the end of the cell
		{"hex:fffe;;print:x", "\ufffdx"},
		{"print:a\u00e9;;show:;;hex:e282;;show:;;hex:ac", "aé€"},
	} {
		if got := fine(t, s, test.code).text("stdout"); got != test.want {
			t.Errorf("%s: %q, want %q", test.code, got, test.want)
		}
	}
}

func TestManyLines(t *testing.T) {
	const n = 100_000
	start := time.Now()
	r := fine(t, started(t), fmt.Sprintf("lines:%d", n))
	text := r.text("stdout")
	t.Logf("%d lines in %v, %d events", n, time.Since(start), len(r.all()))
	var want strings.Builder
	for i := range n {
		fmt.Fprintf(&want, "line %d\n", i)
	}
	if text != want.String() {
		t.Errorf("%d bytes, want %d, or not in order", len(text), want.Len())
	}
}

func TestManyBytes(t *testing.T) {
	const n = 50
	s := started(t)
	const limit = n << 20 * time.Second / 100e6 // 100 MB/s
	kerneltest.Within(t, limit, func() time.Duration {
		start := time.Now()
		r := fine(t, s, fmt.Sprintf("bytes:%d", n))
		took := time.Since(start)
		size := 0
		for _, event := range r.all() {
			text := event.(display.Stream).Text
			size += len(text)
			if strings.Contains(text, "\ufffd") {
				t.Fatal("a rune was split")
			}
		}
		if size != n<<20 {
			t.Errorf("%d bytes", size)
		}
		return took
	})
}

// TestSlowSink: a receiver that takes its time holds the child back, and loses
// nothing.
func TestSlowSink(t *testing.T) {
	t.Parallel()
	s, r := started(t), newRecorder()
	gate := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Execute(testCell("bytes:8;;show:end"), func(e display.Event) {
			<-gate
			r.sink(e)
		})
	}()
	select {
	case <-done:
		t.Fatal("the cell ended before anything was taken")
	case <-time.After(2 * markWait): // longer than any wait of the merger
	}
	close(gate)
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal("the cell does not end")
	}
	events := r.all()
	if _, ok := events[len(events)-1].(display.Data); !ok || len(r.text("stdout")) != 8<<20 {
		t.Errorf("%d bytes, then %T", len(r.text("stdout")), events[len(events)-1])
	}
}

func TestClosedStandardStreams(t *testing.T) {
	s := started(t)
	fine(t, s, "close:")
	if got := fine(t, s, "show:still").all(); len(got) != 1 {
		t.Errorf("events %v", got)
	}
	if _, err := cell(t, s, "exit:5"); err == nil || err.Value != "exit status 5" {
		t.Errorf("error %v", err)
	}
}

func TestClosedMarkerDescriptors(t *testing.T) {
	s := started(t)
	fine(t, s, "shut:;;show:one")
	start := time.Now()
	for range 20 {
		if got := fine(t, s, "show:two").all(); len(got) != 1 {
			t.Errorf("events %v", got)
		}
	}
	if took := time.Since(start); took > 20*markWait {
		t.Errorf("every event waits for its marker: %v", took)
	}
}

// TestPipeHeldByAGrandchild: a process that leaves the child's group and holds
// its pipes open does not hold up the news of the child's death.
func TestPipeHeldByAGrandchild(t *testing.T) {
	s := started(t)
	pid := grandchild(t, s, "apart")
	defer endProcess(t, pid)
	_, err := cell(t, s, "print:x;;exit:3")
	if err == nil || err.Value != "exit status 3" {
		t.Errorf("error %v", err)
	}
	fine(t, s, "nothing:")
}

// TestFlood: goroutines that print without end do not keep later cells from
// running, nor their events from coming.
func TestFlood(t *testing.T) {
	s := started(t)
	fine(t, s, "flood:")
	for range 20 {
		r := fine(t, s, "show:here")
		shown := 0
		for _, event := range r.all() {
			if _, ok := event.(display.Data); ok {
				shown++
			}
		}
		if shown != 1 {
			t.Fatalf("%d displays", shown)
		}
	}
	pid := s.PID()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	vanished(t, pid)
}

// TestForgetWaitsForTheEnd: the news that nothing more comes of a run does not overtake
// its end, which may wait behind much text; a cell whose run is forgotten by then would
// never end.
func TestForgetWaitsForTheEnd(t *testing.T) {
	events, ends, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r := &run{id: 7, out: func(display.Event) {}, done: make(chan *frame, 1)}
	c := &child{
		cmd: &exec.Cmd{ProcessState: &os.ProcessState{}}, pipes: pipes{eventR: events},
		ready: make(chan struct{}), exited: make(chan struct{}), gone: make(chan struct{}),
		runs: map[uint64]*run{r.id: r}, run: r,
	}
	out, errs, frames := make(chan piece), make(chan piece), make(chan *frame, 16)
	go c.readFrames(frames)
	go newMerger(c, out, errs, frames).loop()
	defer func() {
		close(c.exited)
		_ = ends.Close()
		close(out)
		close(errs)
		<-c.gone
	}()
	w := newFrameWriter(ends)
	for _, f := range []*frame{
		{Kind: kindEnd, ID: r.id, Mark: 1}, {Kind: kindForget, ID: r.id}, {Kind: kindReady},
	} {
		if err := w.write(f); err != nil {
			t.Fatal(err)
		}
	}
	<-c.ready // all three have been read, and the text before the end has not
	out <- piece{mark: 1}
	errs <- piece{mark: 1}
	select {
	case <-r.done:
	case <-time.After(patience):
		t.Error("the cell does not end")
	}
}

func BenchmarkEmptyCell(b *testing.B) {
	s, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		s.Execute(testCell("nothing:"), func(display.Event) {})
	}
}

func BenchmarkPrint(b *testing.B) {
	s, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.SetBytes(50 << 20)
	for b.Loop() {
		s.Execute(testCell("bytes:50"), func(display.Event) {})
	}
}
