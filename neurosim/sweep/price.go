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

// price is what a training costs on its point's chip, with the activity that the
// training recorded. Fields of the chip that are 0 follow the experiment.
func (r row) price() (*cost.Report, error) {
	if len(r.result.Activity) > 0 {
		return r.Chip.Estimate(r.result)
	}
	return r.Chip.Estimate(r.Experiment)
}
