package device

// Devices as published, to be copied and changed field by field. The values are
// those to which the authors of the IBM Analog Hardware Acceleration Kit (Rasch et
// al., AICAS 2021) fitted the measurements that each names; what a fit has and
// [Analog] lacks is said with it.

// GokmenVlasov is the specification of a resistive processing unit by T. Gokmen and
// Y. Vlasov, Frontiers in Neuroscience 10, 333, 2016: about 1200 constant steps, 30 %
// noise of a step, 30 % from cell to cell of steps and range. LTP and LTD differ
// by 1 % from cell to cell.
func GokmenVlasov() Analog {
	return Analog{Law: ConstantStep, Levels: 1250, AsymmetryVariation: 0.01, StepNoise: 0.3, StepVariation: 0.3, RangeVariation: 0.3}
}

// Idealised is GokmenVlasov with 10,000 steps, of M. J. Rasch, T. Gokmen and W.
// Haensch, "Training large-scale artificial neural networks on simulated resistive
// crossbar arrays", IEEE Design and Test, 2019.
func Idealised() Analog {
	d := GokmenVlasov()
	d.Levels = 10_000
	return d
}

// Capacitor is the CMOS capacitor cell of Y. Li et al., "Capacitor-based cross-point
// array for analog neural network with record symmetry and linearity", VLSI 2018.
// Without its leakage.
func Capacitor() Analog {
	return Analog{
		Law: LinearStep, Levels: 400, LTP: 0.05, LTD: 0.05, AsymmetryVariation: 0.06,
		StepNoise: 0.3, StepVariation: 0.1, RangeVariation: 0.07,
	}
}

// LithiumECRAM is the electrochemical cell of J. Tang et al., "ECRAM as scalable
// synaptic cell for high-speed, low-power neuromorphic computing", IEDM 2018, with
// its symmetry point at weight 0. Without the variation of its slopes, 5 %; the
// range varies by 5 %.
func LithiumECRAM() Analog {
	return Analog{
		Law: LinearStep, Levels: 1000, LTP: 0.1153, LTD: 0.5085, Skew: 0.1724,
		StepNoise: 0.3, StepVariation: 0.1, RangeVariation: 0.05,
	}
}

// MetalOxideECRAM is the cell of S. Kim et al., "Metal-oxide based, CMOS-compatible
// ECRAM for deep learning accelerator", IEDM 2019, fitted as [LithiumECRAM].
func MetalOxideECRAM() Analog {
	return Analog{
		Law: LinearStep, Levels: 7089, LTP: 0.4152, LTD: 0.7342, Skew: 0.1714,
		StepNoise: 2, StepVariation: 0.1, RangeVariation: 0.05,
	}
}

// ReRAMExponential is the cell of [ReRAM] with exponential steps, a closer fit.
func ReRAMExponential() Analog {
	return Analog{
		Law: ExponentialStep, Levels: 1481, Asymmetry: 0.259359, AsymmetryVariation: 0.05,
		Exponential: Exponential{
			LTP: ExponentialTerm{Factor: -1.18445, Rate: 5}, LTD: ExponentialTerm{Factor: -0.081404, Rate: 5},
			Slope: -0.5, Offset: -0.5,
		},
		StepNoise: 5, StepVariation: 0.2, RangeVariation: 0.3, WriteNoise: 75,
	}
}

// ReRAM is the hafnium-oxide cell of N. Gong et al., "Signal and noise extraction
// from analog memory elements for neuromorphic computing", Nature Communications 9,
// 2102, 2018, as soft bounds with the symmetry point at weight 0: a loose fit. The ends vary
// by 0.3: 24 % of the upper and 40 % of the lower, here 30 % of both.
func ReRAM() Analog {
	return Analog{
		Law: SoftBounds, Levels: 1000, Skew: 0.25,
		StepNoise: 3.75, StepVariation: 0.3, RangeVariation: 0.3, WriteNoise: 56,
	}
}
