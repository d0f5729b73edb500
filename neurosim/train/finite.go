package train

import (
	"errors"
	"fmt"
	"math"

	"crossbook/neurosim/nn"
)

// finite passes a loss on, or says that it has gone.
func finite(loss float64) (float64, error) {
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return loss, fmt.Errorf("%w: the loss is %g, of finite outputs", ErrDiverged, loss)
	}
	return loss, nil
}

// diverged makes an output that is not finite a divergence; other errors stay.
func diverged(err error) error {
	if errors.Is(err, nn.ErrNotFinite) {
		return fmt.Errorf("%w: %w", ErrDiverged, err)
	}
	return err
}

// finiteErrors looks at the errors that the rule gave the layers.
func (t *training) finiteErrors() error {
	for i := len(t.pass.Layers) - 1; i >= 0; i-- {
		e := t.pass.Layers[i].E
		if k := t.pass.NotFinite(e.Data); k >= 0 {
			return fmt.Errorf("%w: layer %d: the error that %s gives unit %d for image %d is %g",
				ErrDiverged, i+1, t.Rule.Name(), k%e.Cols, k/e.Cols, e.Data[k])
		}
	}
	return nil
}

// badGradient says which gradient made a velocity that is not finite.
func badGradient(gradient, velocity []float32) error {
	if k := nn.NotFinite(gradient); k >= 0 {
		return fmt.Errorf("%w: the gradient of weight %d is %g: the sum over the batch is too large", ErrDiverged, k, gradient[k])
	}
	k := nn.NotFinite(velocity)
	return fmt.Errorf("%w: the velocity of weight %d is %g, by finite gradients: it has added up too far", ErrDiverged, k, velocity[k])
}

// badWeight says which weight a step took beyond all bounds.
func badWeight(l *nn.Weights, cause string) error {
	k := nn.NotFinite(l.W.Data)
	return fmt.Errorf("%w: weight %d is %g after the update: %s", ErrDiverged, k, l.W.Data[k], cause)
}
