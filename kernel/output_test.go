package kernel_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// numbers is the text of the lines 0 to n-1, every step-th, beginning with first.
func numbers(first, n, step int) string {
	var b strings.Builder
	for i := first; i < n; i += step {
		b.WriteString(strconv.Itoa(i) + "\n")
	}
	return b.String()
}

func TestManyLinesInFewMessages(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	start := time.Now()
	a := must[kerneltest.Answer](t)(client.Execute("lines 100000"))
	took := time.Since(start)
	if a.Text("stdout") != numbers(0, 100000, 1) {
		t.Errorf("lines are missing or out of order")
	}
	if n := len(a.Published); n > 200 {
		t.Errorf("%d messages, want at most 200", n)
	}
	t.Logf("%d messages in %v", len(a.Published), took)
}

func TestStreamsInTurnInFewMessages(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := must[kerneltest.Answer](t)(client.Execute("both 100000"))
	if a.Text("stdout") != numbers(0, 100000, 2) || a.Text("stderr") != numbers(1, 100000, 2) {
		t.Errorf("lines are missing or out of order")
	}
	if n := len(a.Published); n > 200 {
		t.Errorf("%d messages, want at most 200", n)
	}
}

func TestTextAppearsWhileTheCellRuns(t *testing.T) {
	mock := &kerneltest.Mock{}
	_, client := kerneltest.Start(t, mock)
	id := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": `raw "no newline"` + "\ngate"}))
	m := must[wire.Message](t)(client.Await(id, "stream"))
	if !strings.Contains(string(m.Content), "no newline") {
		t.Errorf("stream: %s", m.Content)
	}
	mock.Open()
	must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, id))
}

func TestCharactersAreNotCutInTwo(t *testing.T) {
	mock := &kerneltest.Mock{}
	_, client := kerneltest.Start(t, mock)
	half := strings.Repeat("ä", 40<<10)
	code := "raw " + strconv.QuoteToASCII(half)
	// One byte of a character, then a flush by size, then the other byte.
	code += "\nraw \"x\\xc3\"\nraw \"\\xa4\""
	a := must[kerneltest.Answer](t)(client.Execute(code))
	if want := half + "xä"; a.Text("stdout") != want {
		t.Errorf("text ends in %q, want %q", a.Text("stdout")[len(half):], "xä")
	}
}

func TestInvalidBytesAreReplaced(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := must[kerneltest.Answer](t)(client.Execute(`raw "a\xffb\xc3"`))
	if want := "a\ufffdb\ufffd"; a.Text("stdout") != want {
		t.Errorf("%q, want %q", a.Text("stdout"), want)
	}
}

func TestLateOutputGoesToItsCell(t *testing.T) {
	mock := &kerneltest.Mock{}
	_, client := kerneltest.Start(t, mock)
	first := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "later tick"}))
	must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, first))
	must[kerneltest.Answer](t)(client.Execute("print second"))
	mock.Late()
	if m := must[wire.Message](t)(client.Await(first, "stream")); !strings.Contains(string(m.Content), "tick") {
		t.Errorf("stream: %s", m.Content)
	}
}

func TestProgressIsOneDisplay(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := must[kerneltest.Answer](t)(client.Execute("progress 3"))
	b := must[kerneltest.Answer](t)(client.Execute("progress 1"))
	if n, m := len(a.Bundles("display_data")), len(a.Bundles("update_display_data")); n != 1 || m != 3 {
		t.Errorf("%d displays and %d updates, want 1 and 3", n, m)
	}
	if displayIDs(t, a)[0] == displayIDs(t, b)[0] {
		t.Errorf("two cells share a display")
	}
	if ids := displayIDs(t, a); len(ids) != 4 || ids[0] != ids[3] || ids[0] == "" {
		t.Errorf("display ids %q, want the same four times", ids)
	}
	last := a.Bundles("update_display_data")[2]["text/plain"]
	if last != "counting: 3/3 (100 %)" {
		t.Errorf("final state %q", last)
	}
}

func displayIDs(t *testing.T, a kerneltest.Answer) []string {
	t.Helper()
	var ids []string
	for _, m := range a.Published {
		if !strings.HasSuffix(m.Header.MsgType, "display_data") {
			continue
		}
		var d wire.DisplayData
		if err := json.Unmarshal(m.Content, &d); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.Transient.DisplayID)
	}
	return ids
}

func TestStalledSubscriberHarmsNobody(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	stalled := must[*kerneltest.Stalled](t)(kerneltest.Stall(server.Connection()))
	defer stalled.Close()
	for range 3 { // 24 MiB, more than output lets wait for a client that reads
		a := must[kerneltest.Answer](t)(client.Execute("bulk 8"))
		if n := len(a.Text("stdout")); n != 8<<20 {
			t.Fatalf("%d bytes arrived, want %d", n, 8<<20)
		}
	}
}

// TestTooMuchOutputIsTold: once for a cell, before what Jupyter Server drops, and
// nothing is missing.
func TestTooMuchOutputIsTold(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	if a := must[kerneltest.Answer](t)(client.Execute("bulk 2")); a.Text("stderr") != "" {
		t.Errorf("2 MiB: %q", a.Text("stderr"))
	}
	a := must[kerneltest.Answer](t)(client.Execute("bulk 8"))
	if n := strings.Count(a.Text("stderr"), "iopub_data_rate_limit"); n != 1 || len(a.Text("stdout")) != 8<<20 {
		t.Errorf("told %d times, %d bytes printed", n, len(a.Text("stdout")))
	}
	before := 0
	for _, m := range a.Published {
		if m.Header.MsgType == "stream" && strings.Contains(string(m.Content), "stderr") {
			break
		}
		before += len(m.Content)
	}
	if before > 3000000 {
		t.Errorf("told after %d bytes", before)
	}
}
