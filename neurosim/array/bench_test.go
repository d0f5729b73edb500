package array

import (
	"syscall"
	"testing"

	"crossbook/neurosim/device"
)

// Reads of 8-bit weights in cells of 2 bits with 8-bit inputs, bit by bit, in subarrays
// of 128 rows, each column converted each time. -cpu 1,2 compares one and two threads.
func BenchmarkRead(b *testing.B) {
	base := Config{Rows: 128, WeightBits: 8, CellBits: 2, InputBits: 8, InputRange: 1, ADCBits: 6, ADCRange: Full, ADCSpan: 0.5}
	varying, noisy, batch := base, base, base
	varying.Variation, noisy.ReadNoise, batch.ADCRange, batch.ADCSpan = 0.02, 0.02, Batch, 0
	for _, c := range []struct {
		name string
		Config
	}{{"levels", base}, {"levels, range of the batch", batch}, {"conductances", varying}, {"read noise", noisy}} {
		b.Run(c.name, func(b *testing.B) {
			const in, out, images = 1152, 256, 64
			a := mustNew(b, Build{Config: c.Config, Device: device.Analog{OnOff: 100}, In: in, Out: out})
			a.Program(random(out, in, -1, 1))
			x, y := random(images, in, 0, 1), NewMatrix(images, out)
			a.Read(y, x, Moment{})
			start := processorTime()
			for b.Loop() {
				a.Read(y, x, Moment{})
			}
			b.ReportMetric(float64(in*out*images)*float64(b.N)/(processorTime()-start)*1e-9, "GMAC/cpu-s")
		})
	}
}

// processorTime is the seconds that the test has used of a processor.
func processorTime() float64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) * 1e-9
}
