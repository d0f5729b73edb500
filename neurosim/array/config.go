package array

import (
	"fmt"
	"strings"

	"crossbook/neurosim/internal/check"
)

// Names of the mappings of signed weights.
const (
	Offset     = "offset"     // one column a weight, less a column of weights 0
	Pair       = "pair"       // a column for positive and one for negative weights, each converted
	Difference = "difference" // such a pair, whose currents are subtracted before the conversion
)

// Names of the converters.
const (
	SAR   = "SAR"   // binary search with capacitors
	Flash = "flash" // one comparator for each step
)

// Names of the ranges of a converter.
const (
	Batch      = "batch"      // lowest to highest sum of a batch
	Calibrated = "calibrated" // that of the first batch of a pass, kept for the others
	Full       = "full"       // from nothing to all cells on
)

// Names of the wire models.
const (
	Exact = "exact" // all node voltages of the array
	Fast  = "fast"  // first order
)

// Limits of the fields of [Config].
const (
	MaxBits    = 16 // of weights, inputs and converters
	MaxRows    = 1 << 16
	maxFlash   = 10 // bits of a flash converter
	maxSeconds = 1e12
	maxWired   = 1024 // cells of a subarray in a line, where wires have a resistance
)

// Config is an array of memory cells and the circuits around it. It is plain
// data; the zero value computes exact products, and each non-zero field adds one
// nonideality. The ratio of the highest to the lowest conductance is the device's.
type Config struct {
	// Rows and Cols are the cells of a subarray along a column, whose currents add
	// up in a forward read, and along a row, whose currents add up in a transposed
	// one. 0: one array is as large as the layer. The last subarray has the rest.
	// To 65536.
	Rows int `json:",omitzero"`
	Cols int `json:",omitzero"`

	// Mapping is how cells hold a signed weight: Offset, Pair or Difference.
	// "" means Offset.
	Mapping string `json:",omitzero"`

	// WeightBits is the bits of a weight on its cells. 0: its cell is as continuous
	// as the weight is. Else 2 to 16.
	WeightBits int `json:",omitzero"`

	// CellBits is the bits of one cell; a weight takes as many cells as it needs,
	// each in a subarray of its own (bit slices). 0: one cell. To WeightBits.
	CellBits int `json:",omitzero"`

	// InputBits is the bits of an input, without its sign. 0: inputs are analog
	// voltages. Else 1 to 16.
	InputBits int `json:",omitzero"`

	// DACBits is the bits of an input that one read takes. 0 means 1, bit-serial;
	// InputBits makes one read with 2^InputBits voltages.
	DACBits int `json:",omitzero"`

	// InputRange is the largest input of a forward read; those beyond are clipped.
	// 0: the largest magnitude of the batch. To 1e6.
	InputRange float64 `json:",omitzero"`

	// ADCBits is the bits to which each column's sum is converted. 0: not at all.
	// Else 1 to 16.
	ADCBits int `json:",omitzero"`

	// ErrorADCBits and GradientADCBits are those of the transposed reads of the
	// error phase and of the products that make weight gradients. 0 means ADCBits.
	ErrorADCBits    int `json:",omitzero"`
	GradientADCBits int `json:",omitzero"`

	// ADC is the converter, SAR or Flash; "" means SAR. They differ by what
	// ADCMismatch does.
	ADC string `json:",omitzero"`

	// ADCRange is Batch, Calibrated or Full. "" means Batch, as in DNN+NeuroSim.
	ADCRange string `json:",omitzero"`

	// ADCSpan is the share of that range that is converted, about its middle; sums
	// outside clip. 0 means 1. Above 0 to 10.
	ADCSpan float64 `json:",omitzero"`

	// Nonlinear places the converter's steps where the sums are dense, as the cube
	// root of their density (Panter and Dite 1951). Not with the range Full.
	Nonlinear bool `json:",omitzero"`

	// Transfer is the transfer curve of the converters, as WithTransfer writes it:
	// numbers with blanks. "" is a straight one. Not with Nonlinear.
	Transfer string `json:",omitzero"`

	// ADCOffset and ADCGain are the standard deviations, among converters, of the
	// offset in steps and of the gain; ADCMismatch of a comparator's threshold in
	// steps (Flash) or of a capacitor of one step relative to its size (SAR). Each
	// is drawn once. 0 to 100 steps, 0 to 1, 0 to 100.
	ADCOffset   float64 `json:",omitzero"`
	ADCGain     float64 `json:",omitzero"`
	ADCMismatch float64 `json:",omitzero"`

	// ADCNoise is the standard deviation of a conversion, in steps. 0 to 100.
	ADCNoise float64 `json:",omitzero"`

	// ADCColumns is the columns that share a converter. 0 means 8. To 65536.
	ADCColumns int `json:",omitzero"`

	// Variation is the standard deviation among the cells of a conductance, as a
	// share of it, drawn once. 0 to 1.
	Variation float64 `json:",omitzero"`

	// ReadNoise is that from one read to the next. 0 to 1.
	ReadNoise float64 `json:",omitzero"`

	// Drift is the exponent v of the drift of a conductance, G (t/1 s)^±v after
	// DriftTime t seconds. It goes toward DriftTarget, 0 the lowest and 1 the highest
	// conductance, and stops there; with DriftAtRandom every cell goes up or down by
	// chance, to the end of the range. 0 to 10; 0 or 1 to 1e12 s; 0 to 1.
	Drift         float64 `json:",omitzero"`
	DriftTime     float64 `json:",omitzero"`
	DriftTarget   float64 `json:",omitzero"`
	DriftAtRandom bool    `json:",omitzero"`

	// WireResistance is that of a row's or column's wire from one cell to the next,
	// as a share of the resistance of a cell at its highest conductance: 1e-4 for
	// 1 ohm wires and 10 kohm cells. It needs Rows and Cols, to 1024, and the mapping
	// Pair or Difference. 0 to 1.
	WireResistance float64 `json:",omitzero"`

	// Wires is how wires are computed: Exact solves for all node voltages when the
	// cells are programmed, in a time that goes with the fourth power of the size (0.3 s
	// for 128 x 128), Fast approximates columns to 0.3 % where they lose 12 %. "" means Exact.
	Wires string `json:",omitzero"`

	// Phases says which products the array computes; the others are exact. It is a
	// list of train and test (forward reads while training and in the test), error
	// (transposed reads) and gradient, with spaces or + between; all is all four. To them
	// comes feedback: the feedback weights of DFA, sDFA and DRTP then lie on arrays of
	// their own, which read output errors as a layer's read its inputs. "" means train+test.
	Phases string `json:",omitzero"`
}

// Zero says whether the array is ideal: nothing but Phases is set.
func (c Config) Zero() bool {
	c.Phases = ""
	return c == Config{}
}

// Validate returns every field outside its range, nil when there is none.
func (c Config) Validate() error {
	var p check.Problems
	c.validateCells(&p)
	c.validateInputs(&p)
	c.validateConverters(&p)
	c.validateWires(&p)
	if _, unknown := c.phases(); unknown != "" {
		p.Add("Phases", c.Phases, `train, test, error, gradient, feedback with + between, all or ""`)
	}
	return p.Err()
}

func (c Config) validateCells(p *check.Problems) {
	p.Int("Rows", c.Rows, 0, MaxRows)
	p.Int("Cols", c.Cols, 0, MaxRows)
	p.OneOf("Mapping", c.Mapping, Offset, Pair, Difference)
	if c.WeightBits != 0 && (c.WeightBits < 2 || c.WeightBits > MaxBits) {
		p.Add("WeightBits", c.WeightBits, fmt.Sprintf("0 (continuous) or 2 to %d", MaxBits))
	}
	if c.CellBits != 0 && (c.CellBits < 1 || c.CellBits > max(c.WeightBits, 0)) {
		p.Add("CellBits", c.CellBits, "0 (one cell) or 1 to WeightBits")
	}
	p.Float("Variation", c.Variation, 0, 1)
	p.Float("ReadNoise", c.ReadNoise, 0, 1)
	p.Float("Drift", c.Drift, 0, 10)
	if c.DriftTime != 0 && !(c.DriftTime >= 1 && c.DriftTime <= maxSeconds) {
		p.Add("DriftTime", c.DriftTime, fmt.Sprintf("0 or 1 to %g seconds", maxSeconds))
	}
	p.Float("DriftTarget", c.DriftTarget, 0, 1)
}

func (c Config) validateInputs(p *check.Problems) {
	p.Int("InputBits", c.InputBits, 0, MaxBits)
	if c.DACBits != 0 && (c.DACBits < 1 || c.DACBits > max(c.InputBits, 0)) {
		p.Add("DACBits", c.DACBits, "0 (means 1) or 1 to InputBits")
	}
	p.Float("InputRange", c.InputRange, 0, 1e6)
}

func (c Config) validateConverters(p *check.Problems) {
	p.Int("ADCBits", c.ADCBits, 0, MaxBits)
	p.Int("ErrorADCBits", c.ErrorADCBits, 0, MaxBits)
	p.Int("GradientADCBits", c.GradientADCBits, 0, MaxBits)
	p.OneOf("ADC", c.ADC, SAR, Flash)
	if most := max(c.ADCBits, c.ErrorADCBits, c.GradientADCBits); c.ADC == Flash && most > maxFlash {
		p.Add("ADC", c.ADC, fmt.Sprintf("converters of at most %d bits, or %s", maxFlash, SAR))
	}
	p.OneOf("ADCRange", c.ADCRange, Batch, Calibrated, Full)
	p.Float("ADCSpan", c.ADCSpan, 0, 10)
	if c.Nonlinear && c.ADCRange == Full {
		p.Add("Nonlinear", c.Nonlinear, "false with ADCRange "+Full+", which knows no sums")
	}
	if c.Nonlinear && c.ADCMismatch != 0 {
		p.Add("ADCMismatch", c.ADCMismatch, "0 with Nonlinear")
	}
	c.validateTransfer(p)
	p.Float("ADCOffset", c.ADCOffset, 0, 100)
	p.Float("ADCGain", c.ADCGain, 0, 1)
	p.Float("ADCMismatch", c.ADCMismatch, 0, 100)
	p.Float("ADCNoise", c.ADCNoise, 0, 100)
	p.Int("ADCColumns", c.ADCColumns, 0, MaxRows)
}

func (c Config) validateWires(p *check.Problems) {
	p.Float("WireResistance", c.WireResistance, 0, 1)
	p.OneOf("Wires", c.Wires, Exact, Fast)
	if c.WireResistance == 0 {
		return
	}
	p.Int("Rows", c.Rows, 1, maxWired)
	p.Int("Cols", c.Cols, 1, maxWired)
	if c.Mapping == "" || c.Mapping == Offset {
		p.Add("Mapping", c.Mapping, Pair+" or "+Difference+" with WireResistance: what a column of weights 0 loses is not what the others lose")
	}
}

// String names what the array is not ideal in: "128 rows, ADC 5 bits".
func (c Config) String() string {
	if c.Zero() {
		return "ideal"
	}
	var parts []string
	add := func(present bool, format string, values ...any) {
		if present {
			parts = append(parts, fmt.Sprintf(format, values...))
		}
	}
	add(c.Rows != 0, "%d rows", c.Rows)
	add(c.Cols != 0, "%d columns", c.Cols)
	add(c.Mapping != "", "%s", c.Mapping)
	add(c.WeightBits != 0, "weights of %d bits", c.WeightBits)
	add(c.CellBits != 0, "cells of %d bits", c.CellBits)
	add(c.InputBits != 0, "inputs of %d bits", c.InputBits)
	add(c.DACBits != 0, "DAC %d bits", c.DACBits)
	add(c.InputRange != 0, "inputs to %g", c.InputRange)
	add(c.ADCBits != 0, "ADC %d bits", c.ADCBits)
	add(c.ErrorADCBits != 0, "ADC of errors %d bits", c.ErrorADCBits)
	add(c.GradientADCBits != 0, "ADC of gradients %d bits", c.GradientADCBits)
	parts = append(parts, c.converterParts()...)
	add(c.Variation != 0, "variation %g %%", 100*c.Variation)
	add(c.ReadNoise != 0, "read noise %g %%", 100*c.ReadNoise)
	add(c.Drift != 0, "drift %g after %g s", c.Drift, c.DriftTime)
	add(c.WireResistance != 0, "wires %g", c.WireResistance)
	add(c.Phases != "", "in %s", c.Phases)
	return strings.Join(parts, ", ")
}

func (c Config) converterParts() (parts []string) {
	add := func(present bool, format string, value any) {
		if present {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	add(c.ADC != "", "%s", c.ADC)
	add(c.ADCRange != "", "range %s", c.ADCRange)
	add(c.ADCSpan != 0, "span %g", c.ADCSpan)
	if c.Nonlinear {
		parts = append(parts, "nonlinear")
	}
	if c.Transfer != "" {
		parts = append(parts, fmt.Sprintf("transfer of %d points", len(strings.Fields(c.Transfer))))
	}
	add(c.ADCOffset != 0, "offset %g steps", c.ADCOffset)
	add(c.ADCGain != 0, "gain %g %%", 100*c.ADCGain)
	add(c.ADCMismatch != 0, "mismatch %g", c.ADCMismatch)
	add(c.ADCNoise != 0, "noise %g steps", c.ADCNoise)
	return parts
}
