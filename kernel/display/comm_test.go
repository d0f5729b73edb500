package display

import (
	"math"
	"strings"
	"testing"
)

// sentBy collects what is sent while do runs.
func sentBy(t *testing.T, do func()) []CommMessage {
	t.Helper()
	var sent []CommMessage
	SetSink(func(e Event) {
		if m, ok := e.(CommMessage); ok {
			sent = append(sent, m)
		}
	})
	defer SetSink(nil)
	do()
	return sent
}

func deliver(m CommMessage) { Deliver(m)() }

func TestCommFromTheFrontEnd(t *testing.T) {
	var kept *Comm
	var got []string
	OnComm("slider", func(c *Comm, m CommMessage) {
		kept = c
		got = append(got, "open "+c.Target()+" "+c.ID())
		c.OnMessage(func(m CommMessage) { got = append(got, m.Data["value"].(string)) })
		c.OnClose(func(CommMessage) { got = append(got, "closed") })
	})
	defer OnComm("slider", nil)
	sent := sentBy(t, func() {
		deliver(CommMessage{Kind: "open", ID: "1", Target: "slider"})
		deliver(CommMessage{Kind: "msg", ID: "1", Data: map[string]any{"value": "a"}})
		if Comms()["1"] != "slider" {
			t.Errorf("open comms %v", Comms())
		}
		if err := kept.SendBinary(map[string]any{"x": 1}, [][]byte{{7}}); err != nil {
			t.Error(err)
		}
		deliver(CommMessage{Kind: "close", ID: "1"})
		if err := kept.Send(nil); err == nil || !strings.Contains(err.Error(), "is closed") {
			t.Errorf("a message after the end: %v", err)
		}
		if err := kept.Close(nil); err != nil {
			t.Error(err)
		}
		deliver(CommMessage{Kind: "msg", ID: "1"})
	})
	if want := "open slider 1, a, closed"; strings.Join(got, ", ") != want {
		t.Errorf("called %v, want %s", got, want)
	}
	if len(sent) != 2 || sent[0].Kind != "msg" || sent[0].Data["x"] != 1 || sent[0].Buffers[0][0] != 7 || sent[1].Kind != "close" {
		t.Errorf("sent %v, want a message and the refusal of a late one", sent)
	}
	if len(Comms()) != 0 {
		t.Errorf("open comms %v", Comms())
	}
}

func TestCommFromACell(t *testing.T) {
	sent := sentBy(t, func() {
		c, err := OpenComm("chart", map[string]any{"kind": "bar"})
		if err != nil {
			t.Fatal(err)
		}
		if c.String() != "comm chart, open" {
			t.Errorf("it shows as %q", c)
		}
		if err := c.Send(map[string]any{"x": math.NaN()}); err == nil || !strings.Contains(err.Error(), "NaN") {
			t.Errorf("data that is no JSON: %v", err)
		}
		for range 2 {
			if err := c.Close(map[string]any{"why": "done"}); err != nil {
				t.Error(err)
			}
		}
		if _, err := OpenComm("chart", map[string]any{"f": func() {}}); err == nil {
			t.Error("data that is no JSON opens a comm")
		}
	})
	if len(sent) != 2 || sent[0].Kind != "open" || sent[0].Target != "chart" || sent[1].Kind != "close" || sent[1].ID != sent[0].ID {
		t.Errorf("sent %v", sent)
	}
	if len(Comms()) != 0 {
		t.Errorf("open comms %v", Comms())
	}
}

// TestCommThatPanics is closed again.
func TestCommThatPanics(t *testing.T) {
	OnComm("bad", func(*Comm, CommMessage) { panic("no") })
	defer OnComm("bad", nil)
	sent := sentBy(t, func() {
		defer func() { _ = recover() }()
		deliver(CommMessage{Kind: "open", ID: "2", Target: "bad"})
	})
	if len(sent) != 1 || sent[0].Kind != "close" || len(Comms()) != 0 {
		t.Errorf("sent %v, open %v", sent, Comms())
	}
}

func TestCommOfAnUnknownTargetIsClosed(t *testing.T) {
	sent := sentBy(t, func() { deliver(CommMessage{Kind: "open", ID: "3", Target: "none"}) })
	if len(sent) != 1 || sent[0].Kind != "close" || sent[0].ID != "3" {
		t.Errorf("sent %v", sent)
	}
}
