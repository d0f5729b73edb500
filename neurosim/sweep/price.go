package sweep

import "crossbook/neurosim/cost"

// price prices all trainings; those that cannot be have an error.
func price(rows []row) {
	for i := range rows {
		r := &rows[i]
		var err error
		if r.report, err = r.price(); err != nil && r.failed == "" {
			r.failed = err.Error()
		}
	}
}

// price is what a training costs on its point's chip. Fields of the chip that
// are 0 follow the experiment.
func (p point) price() (*cost.Report, error) {
	c, e := p.Chip, p.Experiment
	if c.Levels == 0 && e.Device.Levels > 0 {
		c.Levels = e.Device.Levels
	}
	if c.Batch == 0 {
		c.Batch = e.Train.Batch
	}
	var layers []cost.Layer
	for _, s := range e.Net.Shapes() {
		layers = append(layers, cost.Layers(cost.Dense(s.In, s.Out))...)
	}
	return c.Estimate(layers)
}
