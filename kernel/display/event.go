// Package display holds what a cell can show: MIME bundles, displays that can
// be updated, and the progress of long calls. It is the package that a cell
// sees as nb, and the leaf on which the kernel, the engine, the headless runner
// and every long-running call of the simulator agree.
package display

import "time"

// Event is one piece of a cell's output. The kernel turns events into Jupyter
// messages, the headless runner into notebook outputs and terminal lines.
type Event interface{ event() }

// Stream is text printed by the cell.
type Stream struct {
	Name string // "stdout" or "stderr"
	Text string
}

// Data is something shown while the cell runs.
type Data struct {
	Bundle Bundle
	ID     string // display id; "" when it is never updated
	Update bool   // replaces every display of the same ID
}

// Result is the value of the cell's last expression.
type Result struct{ Bundle Bundle }

// Clear asks the front end to drop the cell's outputs.
type Clear struct{ Wait bool } // Wait: not before the next output arrives

// Progress is the state of a long call.
type Progress struct {
	ID      string        // names the call within the session
	Title   string        // what runs: "training BP"
	Done    int           // units finished
	Total   int           // units in all; 0 when unknown
	Before  int           // of Done, units that were finished before the call began
	Note    string        // latest figure: "test accuracy 85.3 %"
	Elapsed time.Duration // since the call began
	Final   bool          // last report of this call
}

func (Stream) event()   {}
func (Data) event()     {}
func (Result) event()   {}
func (Clear) event()    {}
func (Progress) event() {}

// Bundle is one output in several representations, richest chosen by the front
// end. Data maps a MIME type to a string (text, and base64 for images) or, for
// JSON types, to any value that encoding/json accepts. Metadata is keyed by MIME
// type too: {"image/png": {"width": 640, "height": 400}}.
type Bundle struct {
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}
