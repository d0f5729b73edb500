// Package device is the memory cell of a crossbar as a learning rule sees it: a
// conductance that programming pulses raise (long-term potentiation, LTP) and
// lower (long-term depression, LTD), not evenly, not alike, and not twice the
// same.
//
// A weight w in [-1,1] stands for the conductance between its lowest and its
// highest value. The n-th of P identical pulses takes it along
//
//	w(n) = B (1 - exp(-n/A)) - 1,   B = 2 / (1 - exp(-P/A)),
//
// the behavioural model of P.-Y. Chen et al., "Mitigating effects of non-ideal
// synaptic device characteristics for on-chip learning", ICCAD 2015, and of
// P.-Y. Chen, X. Peng and S. Yu, "NeuroSim: a circuit-level macro model for
// benchmarking neuro-inspired architectures in online learning", IEEE TCAD 37
// (12), 2018. A is set by the nonlinearity label that publications quote, see
// [NormalisedA].
//
// A depression with a positive label walks back along the same kind of curve as
// the potentiation; a negative label bends the other way, which is what most
// real devices do, so LTP: 3, LTD: -3 is the usual asymmetric device.
//
// [Analog.Law] chooses other laws, whose pulses are taken one by one, each with its
// own noise; [Analog.WithSteps] takes the steps of any other law as two slices, and
// [Measured] those of a measured device.
//
// Cells are set to given weights by [Programming], a loop of write and verify among them,
// and change while they are left alone by [Drift] and [Retention].
//
// Published devices are values to be copied and changed: SilverSilicon, EpiRAM,
// FerroelectricFET and the others that NeuroSim benchmarks have the model above,
// GokmenVlasov, Capacitor, ReRAM and others a law.
package device
