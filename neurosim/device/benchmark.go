package device

// The synaptic devices that NeuroSim benchmarks, as its authors took them from the
// measurements that each names: table I of P.-Y. Chen, X. Peng and S. Yu, "NeuroSim: a
// circuit-level macro model for benchmarking neuro-inspired architectures in online
// learning", IEEE TCAD 37 (12), 2018, whose labels of nonlinearity are those of this
// package. Where the table says "below 1 %" of the noise from cycle to cycle, the
// device has none here. The resistance of the highest conductance, which matters to
// the cost of a chip only, is with each.

// SilverSilicon is the Ag:a-Si cell of S. H. Jo et al., "Nanoscale memristor device as
// synapse in neuromorphic systems", Nano Letters 10, 2010. 26 MΩ.
func SilverSilicon() Analog {
	return Analog{Levels: 97, LTP: 2.4, LTD: -4.88, CycleToCycle: 0.035, OnOff: 12.5}
}

// TantalumTitanium is the TaOx/TiO2 cell of L. Gao et al., "Fully parallel write/read
// in resistive synaptic array for accelerating on-chip learning", Nanotechnology 26,
// 455204, 2015. 5 MΩ. M. Jerry et al. (see [FerroelectricFET]) took labels of 0.66 and
// -0.69 from the same measurement.
func TantalumTitanium() Analog {
	return Analog{Levels: 102, LTP: 1.85, LTD: -1.79, OnOff: 2}
}

// PCMO is the praseodymium calcium manganite cell of S. Park et al., "Neuromorphic
// speech systems using advanced ReRAM-based synapse", IEDM 2013. 23 MΩ.
func PCMO() Analog {
	return Analog{Levels: 50, LTP: 3.68, LTD: -6.76, OnOff: 6.84}
}

// AluminiumHafnium is the AlOx/HfO2 cell of J. Woo et al., "Improved synaptic behavior
// under identical pulses using AlOx/HfO2 bilayer RRAM array for neuromorphic systems",
// IEEE Electron Device Letters 37 (8), 2016. 16.9 kΩ.
func AluminiumHafnium() Analog {
	return Analog{Levels: 40, LTP: 1.94, LTD: -0.61, CycleToCycle: 0.05, OnOff: 4.43}
}

// EpiRAM is the epitaxial silicon-germanium cell of S. Choi et al., "SiGe epitaxial
// memory for neuromorphic computing with reproducible high performance based on
// engineered dislocations", Nature Materials 17, 2018, with the values of table I of
// M. T. R. Chowdhury et al., "The lynchpin of in-memory computing", ICONS 2024.
func EpiRAM() Analog {
	return Analog{Levels: 64, LTP: 0.5, LTD: -0.5, CycleToCycle: 0.02, OnOff: 50.2}
}

// FerroelectricFET is the hafnium-zirconium-oxide transistor of M. Jerry et al.,
// "Ferroelectric FET analog synapse for acceleration of deep neural network training",
// IEDM 2017: LTP and LTD alike, by pulses of rising amplitude. Noise from cycle to
// cycle below 0.5 %. 559 kΩ.
func FerroelectricFET() Analog {
	return Analog{Levels: 32, LTP: 1.75, LTD: 1.46, OnOff: 45}
}

// TargetedDevice is what the table above asks of a device for 90 % of MNIST.
func TargetedDevice() Analog {
	return Analog{Levels: 64, LTP: 1, LTD: -1, CycleToCycle: 0.02, OnOff: 50}
}
