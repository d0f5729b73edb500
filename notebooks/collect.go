package notebooks

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"crossbook/kernel/display"
)

// collector turns the events of a run into the outputs of the cells. It is
// safe for concurrent use: goroutines of an earlier cell may still print.
type collector struct {
	limit int // bytes kept of one cell

	mu    sync.Mutex
	cells []*collected
	done  bool // later events are dropped
}

// collected is what one cell has put out so far.
type collected struct {
	outputs []slot
	size    int // bytes kept
	dropped int // bytes beyond the limit
	clear   bool
}

// slot is an output with the display id that later events may replace it by.
type slot struct {
	Output
	id      string
	printed []byte // a stream's text: grows by many small pieces
	pending bool   // a progress that has not ended: holds its place
}

// begin starts the next cell and returns the sink of its events.
func (c *collector) begin() (cell *collected, sink display.Sink) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cell = &collected{}
	c.cells = append(c.cells, cell)
	return cell, func(event display.Event) { c.take(cell, event) }
}

func (c *collector) take(cell *collected, event display.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		return
	}
	switch e := event.(type) {
	case display.Stream:
		c.stream(cell, e)
	case display.Result:
		c.add(cell, slot{Output: Output{Type: ResultOutput, Bundle: e.Bundle}})
	case display.Data:
		if e.Update {
			c.replace(e.ID, e.Bundle)
		} else {
			c.add(cell, slot{Output: Output{Type: DisplayOutput, Bundle: e.Bundle}, id: e.ID})
		}
	case display.Clear:
		if cell.clear = e.Wait; !e.Wait {
			cell.drop()
		}
	case display.Progress:
		c.progress(cell, e)
	}
}

// stream adds printed text, to the last output when that is the same stream.
func (c *collector) stream(cell *collected, e display.Stream) {
	cell.ready()
	text := cell.fit(e.Text, c.limit)
	if text == "" {
		return
	}
	if n := len(cell.outputs); n > 0 && cell.outputs[n-1].Type == StreamOutput && cell.outputs[n-1].Stream == e.Name {
		cell.outputs[n-1].printed = append(cell.outputs[n-1].printed, text...)
		return
	}
	cell.outputs = append(cell.outputs, slot{Output: Output{Type: StreamOutput, Stream: e.Name}, printed: []byte(text)})
}

func (c *collector) add(cell *collected, s slot) {
	cell.ready()
	size := sizeOf(s.Bundle)
	if cell.size+size > c.limit {
		cell.dropped += size
		return
	}
	cell.size += size
	cell.outputs = append(cell.outputs, s)
}

// replace gives every display of an id its new content, in whatever cell it is.
func (c *collector) replace(id string, bundle display.Bundle) {
	for _, cell := range c.cells {
		for i := range cell.outputs {
			s := &cell.outputs[i]
			if id == "" || s.id != id {
				continue
			}
			grown := sizeOf(bundle) - sizeOf(s.Bundle)
			if cell.size+grown > c.limit {
				cell.dropped += grown
				continue
			}
			cell.size += grown
			s.Bundle, s.pending = bundle, false
		}
	}
}

// progress keeps a place for a long call where it was first seen, and fills it
// with the last report: what happened between depends on the machine's speed.
func (c *collector) progress(cell *collected, e display.Progress) {
	id := "progress " + e.ID
	if !slices.ContainsFunc(cell.outputs, func(s slot) bool { return s.id == id }) {
		c.add(cell, slot{Output: Output{Type: DisplayOutput}, id: id, pending: true})
	}
	if e.Final {
		c.replace(id, e.Bundle())
	}
}

// finish returns the outputs of a cell that has ended; count is that of its
// result. Events that come later change what the next call returns.
func (c *collector) finish(cell *collected, count int) []Output {
	c.mu.Lock()
	defer c.mu.Unlock()
	outputs := []Output{}
	for _, s := range cell.outputs {
		if s.pending {
			continue
		}
		switch s.Type {
		case ResultOutput:
			s.Count = count
		case StreamOutput:
			s.Text = string(s.printed)
		}
		outputs = append(outputs, s.Output)
	}
	if cell.dropped > 0 {
		note := fmt.Sprintf("crossbook: this cell's output is longer than %s; %s more are not kept\n", bytesText(c.limit), bytesText(cell.dropped))
		outputs = append(outputs, Output{Type: StreamOutput, Stream: "stderr", Text: note})
	}
	return outputs
}

// close drops whatever still comes.
func (c *collector) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = true
}

// ready carries out a clear that waited for the next output.
func (cell *collected) ready() {
	if cell.clear {
		cell.drop()
	}
}

func (cell *collected) drop() { *cell = collected{} }

// fit returns as much of a text as the limit allows, whole characters.
func (cell *collected) fit(text string, limit int) string {
	free := max(limit-cell.size, 0)
	if len(text) > free {
		cut := free
		for cut > 0 && text[cut]&0xc0 == 0x80 { // inside a UTF-8 character
			cut--
		}
		cell.dropped += len(text) - cut
		cell.size = limit
		return text[:cut]
	}
	cell.size += len(text)
	return text
}

// sizeOf is how much a bundle adds to a file, near enough.
func sizeOf(b display.Bundle) int {
	size := 0
	for mime, value := range b.Data {
		size += len(mime)
		if text, ok := value.(string); ok {
			size += len(text)
		} else if data, err := json.Marshal(value); err == nil {
			size += len(data)
		}
	}
	return size
}

func bytesText(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
