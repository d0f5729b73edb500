package neurosim

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"crossbook/neurosim/array"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/internal/strict"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// The simulators whose behaviour Experiment.Reference can ask for.
const (
	V21     = train.V21     // DNN+NeuroSim V2.1
	Wolters = train.Wolters // its fork, with which BP and DFA were compared
)

// Experiment is one training: plain data that can be compared, stored as JSON
// and changed field by field. The zero value of every field is ideal, or the
// default that its type documents.
type Experiment struct {
	Net       nn.Net         // layers: nn.MLP(784, 256, 10)
	Data      dataset.Set    // images: dataset.FashionSample()
	Device    device.Analog  // memory cell of the weights; zero: ideal
	Array     array.Config   // array of cells and its circuits; zero: exact products
	Precision nn.Precision   // bits; zero: what the device asks for
	Train     train.Settings // epochs, batch, rate ...
	Rule      train.Rule     // learning rule; nil: train.BP{}
	Seed      uint64         // of everything random

	// Reference asks for the exact behaviour of another simulator, defects
	// included: V21 or Wolters. "" is correct physics.
	Reference train.Reference

	// Weights is a file of weights to begin with, .safetensors or .npz, as
	// [nn.WriteTensors] writes those of [Experiment.Network]. On a crossbar they are
	// scaled, layer by layer, to the range of its cells, and a device with Programming is
	// programmed to them. A network that was trained freely has sums beyond 1, where
	// activations of few bits end: give it Precision.Activation 16. "": random weights.
	Weights string

	// Name is the label in legends; "" means the name of the rule. It does not
	// change what is computed.
	Name string

	// Checkpoint is a file in which Run keeps the state after every epoch, and
	// from which it goes on when the file is there: run an interrupted
	// experiment again, or one with more epochs, and it gives the bits of an
	// undisturbed run. "" keeps nothing. It does not change what is computed.
	Checkpoint string
}

// With returns the experiment with another learning rule.
func (e Experiment) With(rule train.Rule) Experiment {
	e.Rule = rule
	return e
}

// Named returns the experiment with a label for legends.
func (e Experiment) Named(label string) Experiment {
	e.Name = label
	return e
}

// Equal says whether two experiments are the same in every field. Unlike == it also
// compares rules that a cell of a notebook declares, by their name and fields.
func (e Experiment) Equal(other Experiment) bool {
	if !train.SameRule(e.Rule, other.Rule) {
		return false
	}
	e.Rule, other.Rule = nil, nil
	return e == other
}

// Label returns the name, or that of the rule.
func (e Experiment) Label() string {
	if e.Name != "" {
		return e.Name
	}
	return e.rule().Name()
}

// String says in one line what is trained on what.
func (e Experiment) String() string {
	s := fmt.Sprintf("%s: %v on %v, device %v, seed %d", e.Label(), e.Net, e.Data, e.Device, e.Seed)
	if !e.Array.Zero() {
		s += fmt.Sprintf(", array %v", e.Array)
	}
	if e.Reference != "" {
		s += ", as " + string(e.Reference)
	}
	return s
}

func (e Experiment) rule() train.Rule {
	if e.Rule == nil {
		return train.BP{}
	}
	return e.Rule
}

// Validate returns everything that is wrong, each with the path of the field,
// its value and what is allowed; nil when there is nothing.
func (e Experiment) Validate() error {
	var p check.Problems
	p.Under("Net", e.Net.Validate())
	underData(&p, e.Data.Validate())
	p.Under("Device", e.Device.Validate())
	p.Under("Array", e.Array.Validate())
	p.Under("Precision", e.Precision.Validate())
	p.Under("Train", e.Train.Validate())
	if v, ok := e.Rule.(interface{ Validate() error }); ok {
		p.Under("Rule", v.Validate())
	}
	p.OneOf("Reference", string(e.Reference), string(V21), string(Wolters))
	if ext := filepath.Ext(e.Weights); e.Weights != "" && ext != ".safetensors" && ext != ".npz" {
		p.Add("Weights", e.Weights, `"" or a name that ends in .safetensors or .npz`)
	}
	if e.Net.Bias && train.OnDevices(e.Device, e.Precision) {
		p.Add("Net.Bias", true, "false: a crossbar has no place for offsets (true only with ideal devices)")
	}
	e.validateReference(&p)
	if err := p.Err(); err != nil {
		return fmt.Errorf("neurosim: experiment: %w", err)
	}
	return nil
}

// validateReference adds what the reference simulators cannot do.
func (e Experiment) validateReference(p *check.Problems) {
	if e.Reference == "" {
		return
	}
	need := "with Reference " + string(e.Reference)
	if e.Device.Levels == 0 {
		p.Add("Device.Levels", 0, fmt.Sprintf("2 to %d %s", device.MaxLevels, need))
	}
	if e.Device.Law != "" {
		p.Add("Device.Law", e.Device.Law, `"" `+need+", which has the exponential model only")
	}
	e.validateCells(p, need)
	e.validateReads(p, need)
	for _, label := range []struct {
		field string
		value float64
	}{{"Device.LTP", e.Device.LTP}, {"Device.LTD", e.Device.LTD}} {
		if label.value == 0 {
			p.Add(label.field, label.value, "not 0 "+need+", which divides by it; 0.01 is its straightest")
		}
	}
}

// validateCells adds what the cells of a reference do not have.
func (e Experiment) validateCells(p *check.Problems, need string) {
	d := e.Device
	for _, f := range []struct {
		field, none string
		value       float64
	}{
		{"StuckLow", "stuck cells", d.StuckLow},
		{"StuckHigh", "stuck cells", d.StuckHigh},
		{"Asymmetry", "other steps up than down", d.Asymmetry},
		{"AsymmetryVariation", "other steps up than down", d.AsymmetryVariation},
		{"StepNoise", "noise of single pulses", d.StepNoise},
		{"StepVariation", "cells with steps of their own", d.StepVariation},
		{"RangeVariation", "cells with ranges of their own", d.RangeVariation},
		{"WriteNoise", "noise after a write", d.WriteNoise},
	} {
		if f.value != 0 {
			p.Add("Device."+f.field, f.value, "0 "+need+", which has no "+f.none)
		}
	}
	for _, f := range []struct {
		field string
		set   bool
	}{
		{"Program", d.Program != device.Programming{}},
		{"Drift", d.Drift != device.Drift{}},
		{"Retention", d.Retention != device.Retention{}},
	} {
		if f.set {
			p.Add("Device."+f.field, nil, "nothing is allowed "+need+", which sets cells exactly and keeps them")
		}
	}
}

// validateReads adds what the array of a reference does not have.
func (e Experiment) validateReads(p *check.Problems, need string) {
	if e.Array.Zero() {
		return
	}
	b := array.Build{Config: e.Array, Reference: array.V21}
	if b.WeightBits == 0 {
		b.WeightBits = e.Precision.For(e.Device).Weight
	}
	if b.WeightBits < 2 {
		p.Add("Precision.Weight", b.WeightBits, fmt.Sprintf("2 to %d %s and an Array, or Array.WeightBits", array.MaxBits, need))
		return
	}
	p.Under("Array", b.ValidateReference())
	if e.Array.Acts(array.Error) || e.Array.Acts(array.Gradient) || e.Array.Acts(array.Feedback) {
		p.Add("Array.Phases", e.Array.Phases, "train, test or both "+need+", which reads arrays forward only")
	}
}

// underData gives the data set's messages the path of its field.
func underData(p *check.Problems, err error) {
	if err == nil {
		return
	}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, one := range all {
		field, rest, ok := strings.Cut(strings.TrimPrefix(one.Error(), "dataset: "), ": ")
		if !ok {
			field, rest = "Name", field
		}
		p.Add("Data."+field, nil, rest)
	}
}

// Hash identifies what the experiment computes: the SHA-256, in hexadecimal, of
// its JSON without the name, the checkpoint and what is to be recorded.
func (e Experiment) Hash() string {
	e.Name, e.Checkpoint, e.Rule, e.Train.Record = "", "", e.rule(), train.Record{}
	data, err := json.Marshal(e)
	if err != nil {
		panic(fmt.Sprintf("neurosim: experiment: %v", err)) // a field that is no plain data
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// plain is Experiment as JSON has it.
type plain struct {
	Net       nn.Net
	Data      dataset.Set
	Device    device.Analog
	Precision nn.Precision
	Train     train.Settings
	Rule      json.RawMessage
	Seed      uint64
	Reference train.Reference
	Name      string

	Checkpoint string       `json:",omitempty"`
	Weights    string       `json:",omitempty"`
	Array      array.Config `json:",omitzero"`
}

// MarshalJSON writes all fields, the rule as {"DFA": {...}}.
func (e Experiment) MarshalJSON() ([]byte, error) {
	rule := []byte("null")
	if e.Rule != nil {
		var err error
		if rule, err = train.EncodeRule(e.Rule); err != nil {
			return nil, err
		}
	}
	return json.Marshal(plain{
		e.Net, e.Data, e.Device, e.Precision, e.Train, rule, e.Seed, e.Reference, e.Name, e.Checkpoint, e.Weights, e.Array,
	})
}

// UnmarshalJSON reads an experiment; fields left out are zero, and one that is
// not known is an error with its path.
func (e *Experiment) UnmarshalJSON(data []byte) error {
	var p plain
	if err := strict.Unmarshal(data, &p); err != nil {
		return fmt.Errorf("neurosim: experiment: %w", err)
	}
	*e = Experiment{
		Net: p.Net, Data: p.Data, Device: p.Device, Array: p.Array, Precision: p.Precision, Train: p.Train,
		Seed: p.Seed, Reference: p.Reference, Name: p.Name, Checkpoint: p.Checkpoint, Weights: p.Weights,
	}
	if len(p.Rule) == 0 || string(p.Rule) == "null" {
		return nil
	}
	rule, err := train.DecodeRule(p.Rule)
	if err != nil {
		return fmt.Errorf("neurosim: experiment: Rule: %w", err)
	}
	e.Rule = rule
	return nil
}

// Run loads the data and trains. When ctx ends it returns the epochs that were
// finished together with an error that wraps ctx's; the same experiment gives
// the same bits on any number of processors.
func (e Experiment) Run(ctx context.Context) (Result, error) {
	r := Result{Experiment: e}
	if err := e.Validate(); err != nil {
		return r, err
	}
	data, err := e.Data.Load(ctx)
	if err != nil {
		return r, fmt.Errorf("neurosim: data: %w", err)
	}
	job, err := e.start(data, &r.Provenance)
	if err != nil {
		return r, err
	}
	log, err := job.Train(ctx)
	r.take(log)
	if err != nil {
		return r, fmt.Errorf("neurosim: %w", err)
	}
	return r, nil
}

// start is the job of the experiment, with the weights and the state to begin with.
func (e Experiment) start(data *dataset.Data, p *Provenance) (job train.Job, err error) {
	*p = provenance(e, data)
	job = e.job(data)
	if e.Weights != "" {
		if p.Weights, err = e.WeightsChecksum(); err == nil {
			job.Weights, err = nn.ReadTensors(e.Weights)
		}
		if err != nil {
			return job, fmt.Errorf("neurosim: experiment: Weights: %w", err)
		}
	}
	if err := errors.Join(e.resume(&job, e.origin(*p)), writable(e.Checkpoint)); err != nil {
		return job, fmt.Errorf("neurosim: experiment: Checkpoint: %w", err)
	}
	return job, nil
}

// WeightsChecksum returns the SHA-256, in hexadecimal, of the file of weights that the
// experiment begins with, "" without one.
func (e Experiment) WeightsChecksum() (string, error) {
	if e.Weights == "" {
		return "", nil
	}
	content, err := os.ReadFile(e.Weights)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}

// job is the experiment with its data.
func (e Experiment) job(data *dataset.Data) train.Job {
	return train.Job{
		Net: e.Net, Data: data, Device: e.Device, Array: e.Array, Precision: e.Precision, Settings: e.Train,
		Rule: e.rule(), Seed: e.Seed, Reference: e.Reference, Title: "training " + e.Label(),
	}
}

// MustRun is Run that panics with the error, which a notebook shows.
func (e Experiment) MustRun(ctx context.Context) Result {
	r, err := e.Run(ctx)
	if err != nil {
		panic(err)
	}
	return r
}
