package circuit

import "testing"

func TestGradientUnitAgainstReference(t *testing.T) {
	compare(t, "weightGradientUnit", func(o *given) map[string]float64 {
		g := GradientUnit{
			Kit: o.kit(), Rows: o.count("numRowWG"), Cols: o.count("numColWG"),
			Shared: o.count("numRowMuxedWG"), Levels: o.count("levelOutputWG"), Bits: o.count("numBitInput"),
			Sequential: !o.yes("parallelBP"), SAR: o.yes("SARADC"), Voltage: !o.yes("currentMode"),
			MainRows: 128, MainShared: o.count("numColMuxed"),
		}.Arrays(o.count("numMemRow"), o.count("numMemCol"))
		active := o.number("activity")
		read, write := g.Multiply(active, o.count("numRead")), g.Store(active)
		return map[string]float64{
			"area": float64(g.Area()), "areaSubArray": g.areaOfArray(),
			"readLatencyPeak": float64(read.Latency), "readDynamicEnergyPeak": float64(read.Energy),
			"writeLatencyPeak": float64(write.Latency), "writeDynamicEnergyPeak": float64(write.Energy),
			"outPrecision":  float64(g.Precision()),
			"numArrayInRow": float64(g.Down), "numArrayInCol": float64(g.Across),
		}
	})
}
