package cost

// Roof is what bounds the chip's throughput: the rate of its fastest layer without
// the movement of data, in operations a second, and the bandwidth of the memory
// beside it, in bit/s. With [Report.Work] it makes the report fit plots.Roofline.
func (r *Report) Roof() (rate, bandwidth float64) {
	for _, l := range r.Layers {
		rate = max(rate, l.Operations/float64(l.Peak.Total().Latency))
	}
	return rate, r.Chip.memory().Bandwidth
}

// Work is what each layer does: its operations for every bit that moves between
// chip and memory, and its rate in operations a second. Layers whose data stay on
// the chip are left out.
func (r *Report) Work() (names []string, intensity, rate []float64) {
	memory := r.Chip.memory()
	for i, l := range r.Layers {
		bits := float64(l.Components.DRAM.Latency) * memory.Bandwidth
		if bits == 0 {
			continue
		}
		names = append(names, layerName(i))
		intensity = append(intensity, l.Operations/bits)
		rate = append(rate, l.Operations/float64(l.Phases.Total().Latency))
	}
	return names, intensity, rate
}
