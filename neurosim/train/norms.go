package train

import (
	"fmt"

	"crossbook/neurosim/nn"
)

// norming trains gain and offset of a batch normalisation, which are digital numbers:
// with ideal devices as weights are, else by the normalised velocity of the in-situ
// step and the share of it by which a cell moves on average, without rounding.
type norming struct {
	*nn.Norm
	descent
	onDevices    bool
	plain        bool      // of devices whose momentum is plain
	gain, offset []float32 // velocities
}

func newNorming(norm *nn.Norm, s Settings, onDevices bool) *norming {
	n := &norming{
		Norm: norm, descent: newDescent(s), onDevices: onDevices, plain: onDevices && s.PlainMomentum,
		gain: make([]float32, len(norm.Gain)), offset: make([]float32, len(norm.Offset)),
	}
	if onDevices {
		n.rate *= float32(s.Gain) * smoothStep
		n.whole = n.rate
	}
	return n
}

// newEpoch forgets the velocity, as devices do.
func (n *norming) newEpoch(share float32) {
	n.rate = n.whole * share
	if n.onDevices && !n.plain {
		clear(n.gain)
		clear(n.offset)
	}
}

// step follows the gradients of a batch.
func (n *norming) step(gain, offset []float32) {
	if !n.onDevices {
		n.descend(n.Gain, n.gain, gain)
		n.descend(n.Offset, n.offset, offset)
		return
	}
	n.follow(n.Gain, n.gain, gain)
	n.follow(n.Offset, n.offset, offset)
}

func (n *norming) follow(w, v, g []float32) {
	take := 1 - n.momentum
	if n.plain {
		take = 1
	}
	for i := range v {
		v[i] = float32(n.momentum*v[i]) + float32(take*g[i])
	}
	largest := nn.MaxAbs(v)
	if !(largest > 0) {
		return
	}
	shift := nn.Shift(largest)
	for i := range v {
		step := v[i] / shift
		if !n.plain {
			v[i] = step
		}
		w[i] -= float32(n.rate * step)
	}
}

// updateNorms follows the gradients that the rule took as far as the normalisations;
// one that it did not reach stays as it is.
func (t *training) updateNorms() error {
	for i, n := range t.norms {
		gain, offset, ok := t.pass.NormGradient(i)
		if !ok {
			continue
		}
		n.step(gain, offset)
		if nn.NotFinite(n.Gain) >= 0 || nn.NotFinite(n.Offset) >= 0 {
			return fmt.Errorf("%w: normalisation %d: its gain or offset is not finite after the update", ErrDiverged, i+1)
		}
	}
	return nil
}
