package neurosim

import (
	"fmt"
	"html"
	"strings"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/train"
)

// Version is the version of the simulator that a result names; it changes when
// the numbers do.
const Version = "0.2.0"

// Epoch is the record of one pass over the training images.
type Epoch = train.Epoch

// Result is what an experiment gave. It is plain data, it plots itself as test
// accuracy over epochs, and it shows itself as a table.
type Result struct {
	Experiment Experiment
	Epochs     []Epoch
	Layers     train.History `json:",omitempty"` // what Train.Record asks for
	Provenance Provenance

	// Activity is what the data of each layer were like, epoch by epoch: what a
	// chip is priced by, see Workload.
	Activity []train.Activity `json:",omitempty"`

	// Programmed is what programming the cells took, where the device has Programming.
	Programmed []train.Programmed `json:",omitempty"`
}

// take keeps the record of a training.
func (r *Result) take(log train.Log) {
	r.Epochs, r.Layers, r.Activity, r.Programmed = log.Epochs, log.Layers, log.Activity, log.Programmed
}

// Provenance says where a result comes from.
type Provenance struct {
	Spec     string // hash of the experiment
	Seed     uint64
	Version  string // of the simulator
	Data     string // name of the data set
	Checksum string // SHA-256 over the images and labels in use
	Weights  string `json:",omitempty"` // SHA-256 of the file of weights to begin with
}

func provenance(e Experiment, data *dataset.Data) Provenance {
	return Provenance{
		Spec: e.Hash(), Seed: e.Seed, Version: Version,
		Data: data.Name, Checksum: data.Checksum,
	}
}

// String is the provenance in one line.
func (p Provenance) String() string {
	s := fmt.Sprintf("spec %.12s, seed %d, crossbook %s, data %s %.12s", p.Spec, p.Seed, p.Version, p.Data, p.Checksum)
	if p.Weights != "" {
		s += fmt.Sprintf(", weights %.12s", p.Weights)
	}
	return s
}

// Accuracy is that on the test images after the last epoch, in percent; 0 when
// no epoch was finished.
func (r Result) Accuracy() float64 {
	if len(r.Epochs) == 0 {
		return 0
	}
	return r.Epochs[len(r.Epochs)-1].Accuracy
}

// Label returns the experiment's label.
func (r Result) Label() string { return r.Experiment.Label() }

// Len returns the number of finished epochs.
func (r Result) Len() int { return len(r.Epochs) }

// XY returns the i-th point of the learning curve: number of the epoch, test
// accuracy in percent.
func (r Result) XY(i int) (x, y float64) {
	return float64(r.Epochs[i].Number), r.Epochs[i].Accuracy
}

// AxisLabels names the axes of the learning curve.
func (r Result) AxisLabels() (x, y string) { return "epoch", "test accuracy (%)" }

// Trace returns how a recorded quantity of a layer, 1 for that next to the input,
// went over the epochs: r.Trace(train.Angle, 1), with Train.Record.Angle in the
// experiment. It has no points when that was not recorded.
func (r Result) Trace(q train.Quantity, layer int) train.Trace {
	t := r.Layers.Trace(q, layer)
	t.Name = r.Label() + ", " + t.Name
	return t
}

// String is the table in plain text.
func (r Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: test accuracy %.1f %% after %d epochs\n", r.Label(), r.Accuracy(), r.Len())
	fmt.Fprintf(&b, "%5s  %10s  %9s  %8s\n", "epoch", "train loss", "test loss", "accuracy")
	for _, e := range r.Epochs {
		fmt.Fprintf(&b, "%5d  %10.4f  %9.4f  %6.1f %%\n", e.Number, e.TrainLoss, e.TestLoss, e.Accuracy)
	}
	b.WriteString(r.Provenance.String())
	return b.String()
}

// MIMEBundle shows the result in a notebook: an HTML table, and plain text.
func (r Result) MIMEBundle() (data, metadata map[string]any) {
	var b strings.Builder
	fmt.Fprintf(&b, "<table><caption>%s: test accuracy %.1f&nbsp;%% after %d epochs</caption>\n",
		html.EscapeString(r.Label()), r.Accuracy(), r.Len())
	b.WriteString("<thead><tr><th>epoch</th><th>train loss</th><th>test loss</th><th>test accuracy</th></tr></thead>\n<tbody>\n")
	for _, e := range r.Epochs {
		fmt.Fprintf(&b, "<tr><td>%d</td><td>%.4f</td><td>%.4f</td><td>%.1f&nbsp;%%</td></tr>\n",
			e.Number, e.TrainLoss, e.TestLoss, e.Accuracy)
	}
	fmt.Fprintf(&b, "</tbody></table>\n<p><small>%s</small></p>", html.EscapeString(r.Provenance.String()))
	return map[string]any{"text/html": b.String(), "text/plain": r.String()}, map[string]any{}
}
