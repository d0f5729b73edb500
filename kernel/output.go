package kernel

import (
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"crossbook/kernel/display"
	"crossbook/kernel/wire"
)

const (
	flushEvery = 25 * time.Millisecond // smooth for the eye, 40 messages/s for the client
	flushBytes = 64 << 10
	maxPieces  = 16 // changes between stdout and stderr that one flush keeps apart
)

// output turns the events of one cell into messages. Text is gathered and sent
// every flushEvery or flushBytes; everything else is sent at once, after the text
// before it. It outlives its cell: what a goroutine prints later still goes to
// the cell that started it.
type output struct {
	pub    *publisher
	parent []byte // header of the cell's request
	number int64  // tells the displays of this output from those of others
	count  int    // execution count
	silent bool   // drop everything

	mu       sync.Mutex
	pieces   []piece // text not yet sent
	size     int     // bytes in pieces
	held     int     // of these, the beginning of a character that the last flush kept
	timer    *time.Timer
	warned   bool            // of too much output
	progress map[string]bool // displays of progress that exist
}

// piece is consecutive text of one stream.
type piece struct {
	name string
	text []byte
}

// sink takes an event; it is the cell's display.Sink.
func (o *output) sink(event display.Event) {
	if o.silent {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if s, ok := event.(display.Stream); ok {
		o.write(s)
		return
	}
	o.flush(true)
	o.show(event)
}

// write gathers text. Much at once goes on without a copy.
func (o *output) write(s display.Stream) {
	if o.size == 0 && len(s.Text) >= flushBytes {
		cut := len(s.Text) - unfinished(s.Text)
		o.publish(s.Name, s.Text[:cut])
		o.pub.settle()
		if s.Text = s.Text[cut:]; s.Text == "" {
			return
		}
	}
	last := len(o.pieces) - 1
	if last < 0 || o.pieces[last].name != s.Name {
		o.pieces = append(o.pieces, piece{name: s.Name})
		last++
	}
	o.pieces[last].text = append(o.pieces[last].text, s.Text...)
	o.size += len(s.Text)
	switch {
	case o.size >= flushBytes:
		o.flush(false)
		o.pub.settle()
	case o.timer == nil:
		o.timer = time.AfterFunc(flushEvery, o.tick)
	}
}

// tick sends the text that has waited long enough. Half a character whose other
// half did not come in the meantime goes too.
func (o *output) tick() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.timer = nil
	o.flush(o.size == o.held)
}

// end sends all that is left; the cell is over.
func (o *output) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush(true)
}

// flush sends the text. Unless all of it is wanted, the first bytes of a
// character whose last bytes are still to come stay behind.
func (o *output) flush(all bool) {
	if o.timer != nil {
		o.timer.Stop()
		o.timer = nil
	}
	if o.size == 0 {
		return
	}
	pieces := o.pieces
	o.pieces, o.size, o.held = nil, 0, 0
	if len(pieces) > maxPieces {
		pieces = joinPieces(pieces)
	}
	for i := range pieces {
		name, text := pieces[i].name, string(pieces[i].text)
		if keep := unfinished(text); keep > 0 && !all && i == len(pieces)-1 {
			o.write(display.Stream{Name: name, Text: text[len(text)-keep:]})
			o.held = keep
			text = text[:len(text)-keep]
		}
		if text != "" {
			o.publish(name, text)
		}
	}
}

// publish sends text.
func (o *output) publish(name, text string) {
	o.measure(len(text))
	o.pub.publishAs("stream."+name, o.parent, "stream", wire.Stream{Name: name, Text: text})
}

// measure counts a message of n bytes, and says so once when front ends will miss it.
func (o *output) measure(n int) {
	if o.pub.rate.add(n, time.Now()) && !o.warned {
		o.warned = true
		o.pub.publishAs("stream.stderr", o.parent, "stream", wire.Stream{Name: "stderr", Text: rateNotice})
	}
}

// sizeOf is about the number of bytes that a bundle takes in a message.
func sizeOf(b display.Bundle) (n int) {
	for _, data := range b.Data {
		if text, ok := data.(string); ok {
			n += len(text)
		}
	}
	return n
}

// joinPieces puts the text of each stream together. When a cell alternates
// between stdout and stderr at this rate, one message for each change would be
// more than front ends take.
func joinPieces(pieces []piece) []piece {
	joined := []piece{}
	at := map[string]int{}
	for i := range pieces {
		j, ok := at[pieces[i].name]
		if !ok {
			j = len(joined)
			at[pieces[i].name] = j
			joined = append(joined, piece{name: pieces[i].name})
		}
		joined[j].text = append(joined[j].text, pieces[i].text...)
	}
	return joined
}

// unfinished returns the number of bytes at the end of text that begin a
// character without ending it: 0 to 3.
func unfinished(text string) int {
	for n := 1; n <= utf8.UTFMax-1 && n <= len(text); n++ {
		if b := text[len(text)-n]; utf8.RuneStart(b) {
			if utf8.FullRuneInString(text[len(text)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

// show sends an event that is not text.
func (o *output) show(event display.Event) {
	switch e := event.(type) {
	case display.Data:
		o.display(e.Update, e.ID, e.Bundle)
	case display.Result:
		o.pub.publish(o.parent, "execute_result", wire.ExecuteResult{
			ExecutionCount: o.count,
			Data:           dict(e.Bundle.Data),
			Metadata:       dict(e.Bundle.Metadata),
		})
	case display.Clear:
		o.progress = nil // gone with the rest
		o.pub.publish(o.parent, "clear_output", wire.ClearOutput{Wait: e.Wait})
	case display.Progress:
		o.showProgress(e)
	case display.CommMessage:
		o.sendComm(e)
	}
}

// showProgress displays a bar once and updates it from then on. The display's id
// is unique in the notebook, where an engine that died may have used the same
// name before.
func (o *output) showProgress(p display.Progress) {
	update := o.progress[p.ID]
	if o.progress == nil {
		o.progress = map[string]bool{}
	}
	o.progress[p.ID] = true
	id := fmt.Sprintf("%s-%d-%s", o.pub.session.ID, o.number, p.ID)
	o.display(update, id, p.Bundle())
}

func (o *output) display(update bool, id string, b display.Bundle) {
	o.measure(sizeOf(b))
	msgType := "display_data"
	if update {
		msgType = "update_display_data"
	}
	o.pub.publish(o.parent, msgType, wire.DisplayData{
		Data:      dict(b.Data),
		Metadata:  dict(b.Metadata),
		Transient: wire.Transient{DisplayID: id},
	})
}

// dict returns m as a JSON dictionary, which null is not.
func dict(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
