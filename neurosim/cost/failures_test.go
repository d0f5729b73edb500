package cost

import (
	"strings"
	"testing"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/internal/oracle"
)

// TestWhereTheReferenceFails prices the designs of which DNN+NeuroSim V2.1 crashed,
// hung, read out of bounds, stopped, or gave infinities: by default there is an
// answer for each, and with Reference an answer or an error that says of what.
func TestWhereTheReferenceFails(t *testing.T) {
	for _, row := range oracle.Rows(t, "testdata/failures.csv.gz") {
		for _, reference := range []circuit.Reference{"", V21} {
			r := run{t, row}
			d := r.design()
			d.kit.Reference = reference
			c, err := newChip(d, r.workload())
			var report *Report
			if err == nil {
				report, err = c.typical()
			}
			name := row["id"] + ", " + row["ref_status"] + ", " + string(reference)
			if err != nil {
				if reference == "" || !strings.HasPrefix(err.Error(), "cost: ") {
					t.Errorf("%s: %v", name, err)
				}
				continue
			}
			for i, v := range report.figures() {
				if reference == "" && !(v >= 0 && v < 1e30) {
					t.Errorf("%s: figure %d is %g", name, i, v)
				}
			}
		}
	}
}

// typical is a report with typical activity.
func (c *chip) typical() (*Report, error) {
	costs := make([]layerCost, len(c.layers))
	for i, l := range c.layers {
		o, active := c.operand(Layer{Shape: l.Shape})
		costs[i] = c.layerPrice(i, o, active)
	}
	r := c.report(costs)
	return r, r.finite()
}
