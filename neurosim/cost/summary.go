package cost

import (
	"fmt"

	"crossbook/neurosim/units"
)

// Images is how many images the figures are for: one in inference, those of an
// epoch in training.
func (r *Report) Images() float64 {
	c := r.Chip.whole()
	if c.Inference {
		return 1
	}
	return float64(c.Batch) * float64(c.Iterations)
}

// LatencyPerImage is Latency by image.
func (r *Report) LatencyPerImage() units.Second {
	return r.Latency() / units.Second(r.Images())
}

// Power is the mean over the time that the figures are for.
func (r *Report) Power() units.Watt {
	return units.Watt(float64(r.Energy()) / float64(r.Latency()))
}

// PowerDensity is Power by area.
func (r *Report) PowerDensity() units.WattPerSquareMetre {
	return units.WattPerSquareMetre(float64(r.Power()) / float64(r.Areas.Total))
}

// EnergyDelay is the product of energy and latency, by image.
func (r *Report) EnergyDelay() units.JouleSecond {
	return units.JouleSecond(float64(r.EnergyPerImage()) * float64(r.LatencyPerImage()))
}

// LearningCurve is the record of a training: so many points of the number of an
// epoch and the accuracy (%) after it. A result of package neurosim is one.
type LearningCurve interface {
	Len() int
	XY(i int) (epoch, accuracy float64)
}

// Training is what it costs to reach an accuracy.
type Training struct {
	Accuracy float64 // %, asked for
	Epochs   float64 // after which it was reached first
	Latency  units.Second
	Energy   units.Joule
}

// String says it in one line.
func (t Training) String() string {
	return fmt.Sprintf("%.4g %% after %.4g epochs: %v, %v", t.Accuracy, t.Epochs, t.Latency, t.Energy)
}

// TrainingTo is the price of the epochs up to the first one after which a training
// has an accuracy (%). The chip should have as many batches an epoch as the
// training had. It fails for a report of inference and for an accuracy that the
// training did not reach; then it names the best.
func (r *Report) TrainingTo(accuracy float64, curve LearningCurve) (Training, error) {
	if r.Chip.Inference {
		return Training{}, fmt.Errorf("cost: training to %g %%: the report is of inference; needed: one of training", accuracy)
	}
	best := 0.0
	for i := range curve.Len() {
		epoch, reached := curve.XY(i)
		if reached >= accuracy {
			return Training{
				Accuracy: accuracy, Epochs: epoch,
				Latency: r.Latency() * units.Second(epoch), Energy: r.Energy() * units.Joule(epoch),
			}, nil
		}
		best = max(best, reached)
	}
	return Training{}, fmt.Errorf("cost: training to %g %%: not reached in %d epochs; allowed: at most the best, %.4g %%", accuracy, curve.Len(), best)
}
