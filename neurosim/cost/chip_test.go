package cost

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/internal/oracle"
)

// runs are the reference's runs, without the slow ones in -short.
func runs(t *testing.T) []run {
	t.Helper()
	var list []run
	for _, row := range oracle.Rows(t, "testdata/chip.csv.gz") {
		if testing.Short() && row["net"] != "mlp_500" {
			continue
		}
		list = append(list, run{t, row})
	}
	return list
}

// references maps a run and a layer to a row of a table.
func references(t *testing.T, table string) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	for _, row := range oracle.Rows(t, "testdata/"+table+".csv.gz") {
		found[row["id"]+" "+row["layer"]] = row
	}
	return found
}

// agree compares figures with the columns of their names.
func agree(t *testing.T, row map[string]string, prefix string, figures map[string]float64) {
	t.Helper()
	for name, got := range figures {
		if want := oracle.Number(t, row[prefix+name]); !same(got, want) {
			t.Errorf("%s is %.10g, want %.10g", prefix+name, got, want)
		}
	}
}

// briefLayers are those of VGG-8 that take no more than a second with their traces.
var briefLayers = []int{0, 7}

// TestChipsAgainstReference compares floorplan, areas, every layer and the totals
// of whole chips with DNN+NeuroSim V2.1.
func TestChipsAgainstReference(t *testing.T) {
	layers := references(t, "layers")
	for _, r := range runs(t) {
		t.Run(r.row["id"], func(t *testing.T) {
			r.t = t
			t.Log(r.row["overrides"])
			d := r.design()
			c, err := newChip(d, r.workload())
			if err != nil {
				t.Fatal(err)
			}
			agree(t, r.row, "", c.plans())
			costs := make([]layerCost, len(c.layers))
			for i, l := range c.layers {
				if r.row["net"] == "vgg8" && !slices.Contains(briefLayers, i) {
					continue
				}
				o, active := r.operand(d, i, l.Shape)
				costs[i] = c.layerPrice(i, o, active)
				agree(t, layers[r.row["id"]+" "+fmt.Sprint(i)], "out.", costs[i].columns())
			}
			if r.row["net"] != "vgg8" {
				agree(t, r.row, "", c.report(costs).columns())
			}
		})
	}
}

// plans are what a chip has before any weights are in it.
func (c *chip) plans() map[string]float64 {
	m := map[string]float64{
		"desiredTileSizeCM": float64(c.gridTile), "desiredPESizeCM": float64(c.gridSize), "desiredNumTileCM": float64(c.gridTiles),
		"desiredPESizeNM": float64(c.novelSize), "desiredNumTileNM": float64(c.novelTiles),
		"numTileRow": float64(c.floorplan.rows), "numTileCol": float64(c.floorplan.cols),
		"globalBusWidth": float64(c.bus), "numBufferCore": float64(c.cores),
		"chipArea.total": float64(c.areas.Total), "chipArea.IC": float64(c.areas.Wires), "chipArea.ADC": float64(c.areas.ADC),
		"chipArea.accum": float64(c.areas.Accumulation), "chipArea.other": float64(c.areas.Other + c.areas.Buffers),
		"chipArea.WG": float64(c.areas.Gradient), "chipArea.array": float64(c.areas.Array),
	}
	if c.training {
		m["numArrayWriteParallel"] = float64(c.written)
	}
	return m
}

func (l layerCost) columns() map[string]float64 {
	return map[string]float64{
		"readLatency": float64(l.forward.Latency), "readDynamicEnergy": float64(l.forward.Energy),
		"readLatencyAG": float64(l.back.Latency), "readDynamicEnergyAG": float64(l.back.Energy),
		"readLatencyWG": float64(l.gradient.Latency), "readDynamicEnergyWG": float64(l.gradient.Energy),
		"writeLatencyWU": float64(l.write.Latency), "writeDynamicEnergyWU": float64(l.write.Energy),
		"bufferLatency": float64(l.buffer.Latency), "bufferDynamicEnergy": float64(l.buffer.Energy),
		"icLatency": float64(l.wires.Latency), "icDynamicEnergy": float64(l.wires.Energy),
		"coreLatencyADC": float64(l.by[inADC].Latency), "coreEnergyADC": float64(l.by[inADC].Energy),
		"coreLatencyAccum": float64(l.by[inAccumulation].Latency), "coreEnergyAccum": float64(l.by[inAccumulation].Energy),
		"coreLatencyOther": float64(l.by[inOther].Latency), "coreEnergyOther": float64(l.by[inOther].Energy),
		"dramLatency": float64(l.dram.Latency), "dramDynamicEnergy": float64(l.dram.Energy),
		"readLatencyPeakFW": float64(l.peakForward.Latency), "readDynamicEnergyPeakFW": float64(l.peakForward.Energy),
		"readLatencyPeakAG": float64(l.peakBack.Latency), "readDynamicEnergyPeakAG": float64(l.peakBack.Energy),
		"readLatencyPeakWG": float64(l.peakGradient.Latency), "readDynamicEnergyPeakWG": float64(l.peakGradient.Energy),
		"writeLatencyPeakWU": float64(l.peakWrite.Latency), "writeDynamicEnergyPeakWU": float64(l.peakWrite.Energy),
		"tileLeakage": float64(l.leakage),
	}
}

func (r *Report) columns() map[string]float64 {
	m := map[string]float64{
		"chipLeakageEnergy": float64(r.LeakageEnergy), "chipLeakage": float64(r.Leakage),
		"numComputation": r.Operations,
		"TOPSperW":       r.TOPSPerWatt(), "TOPS": r.TOPS(), "FPS": 1 / float64(r.Latency()),
		"peakTOPSperW": r.PeakTOPSPerWatt(), "peakTOPS": r.PeakTOPS(), "peakFPS": 1 / float64(r.Peak.Total().Latency),
	}
	p, peak, parts := r.Phases, r.Peak, r.Components
	for _, c := range []struct {
		latency, energy string
		a               circuit.Action
	}{
		{"chipReadLatency", "chipReadDynamicEnergy", p.Forward},
		{"chipReadLatencyAG", "chipReadDynamicEnergyAG", p.Error},
		{"chipReadLatencyWG", "chipReadDynamicEnergyWG", p.Gradient},
		{"chipWriteLatencyWU", "chipWriteDynamicEnergyWU", p.Update},
		{"chipReadLatencyPeakFW", "chipReadDynamicEnergyPeakFW", peak.Forward},
		{"chipReadLatencyPeakAG", "chipReadDynamicEnergyPeakAG", peak.Error},
		{"chipReadLatencyPeakWG", "chipReadDynamicEnergyPeakWG", peak.Gradient},
		{"chipWriteLatencyPeakWU", "chipWriteDynamicEnergyPeakWU", peak.Update},
		{"chipLatencyADC", "chipEnergyADC", parts.ADC},
		{"chipLatencyAccum", "chipEnergyAccum", parts.Accumulation},
		{"chipLatencyOther", "chipEnergyOther", parts.Other},
		{"chipbufferLatency", "chipbufferReadDynamicEnergy", parts.Buffer},
		{"chipicLatency", "chipicReadDynamicEnergy", parts.Wires},
		{"chipDRAMLatency", "chipDRAMDynamicEnergy", parts.DRAM},
	} {
		m[c.latency], m[c.energy] = float64(c.a.Latency), float64(c.a.Energy)
	}
	return m
}

// TestLevelsAgainstReference compares the first subarray, processing element and
// tile of every layer.
func TestLevelsAgainstReference(t *testing.T) {
	levels := references(t, "hierarchy")
	for _, r := range runs(t) {
		if !strings.HasPrefix(r.row["net"], "mlp") {
			continue // the same code, for many more windows
		}
		t.Run(r.row["id"], func(t *testing.T) {
			r.t = t
			d := r.design()
			c, err := newChip(d, r.workload())
			if err != nil {
				t.Fatal(err)
			}
			for i, l := range c.layers {
				o, _ := r.operand(d, i, l.Shape)
				j := job{block: c.cutTiles(l, o)[0], windows: l.windows(), back: d.training && i > 0}
				want := levels[r.row["id"]+" "+fmt.Sprint(i)]
				size := c.tileOf(l).engine.size
				first := j.with(j.part(0, 0, size, size))
				checkSubarray(t, c.tileOf(l).engine, first, want)
				tile := c.tileOf(l).price(j, l.copies())
				agree(t, want, "tile.", tile.columns())
			}
		})
	}
}

func checkSubarray(t *testing.T, e *engine, j job, want map[string]string) {
	t.Helper()
	s := e.subarray(j.back)
	b := j.part(0, 0, e.rows, e.cols)
	v := s.vector(b, s.inverses(b), 0)
	r, u := s.read(v), s.update(b)
	w := s.write(u).total()
	agree(t, want, "sub.", map[string]float64{
		"activityRowRead": v.active, "activityRowWrite": u.rows, "activityColWrite": u.columns,
		"totalNumWritePulse": u.pulses, "leakage": float64(s.leakage),
		"readLatency": float64(r.forward.Latency), "readDynamicEnergy": float64(r.forward.Energy),
		"readLatencyAG": float64(r.back.Latency), "readDynamicEnergyAG": float64(r.back.Energy),
		"readLatencyADC": float64(r.by[inADC].Latency), "readDynamicEnergyADC": float64(r.by[inADC].Energy),
		"readLatencyAccum": float64(r.by[inAccumulation].Latency), "readDynamicEnergyAccum": float64(r.by[inAccumulation].Energy),
		"readLatencyOther": float64(r.by[inOther].Latency), "readDynamicEnergyOther": float64(r.by[inOther].Energy),
	})
	if s.training {
		agree(t, want, "sub.", map[string]float64{
			"writeLatency": float64(w.Latency), "writeDynamicEnergy": float64(w.Energy),
		})
	}
}

func (t tally) columns() map[string]float64 {
	return map[string]float64{
		"readLatency": float64(t.forward.Latency), "readDynamicEnergy": float64(t.forward.Energy),
		"readLatencyAG": float64(t.back.Latency), "readDynamicEnergyAG": float64(t.back.Energy),
		"writeLatencyWU": float64(t.write.Latency), "writeDynamicEnergyWU": float64(t.write.Energy),
		"bufferLatency": float64(t.buffer.Latency), "bufferDynamicEnergy": float64(t.buffer.Energy),
		"icLatency": float64(t.wires.Latency), "icDynamicEnergy": float64(t.wires.Energy),
		"coreEnergyADC": float64(t.by[inADC].Energy), "coreEnergyAccum": float64(t.by[inAccumulation].Energy),
		"leakage": float64(t.leakage),
	}
}
