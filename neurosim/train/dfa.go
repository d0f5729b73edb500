package train

import (
	"context"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// Names of the ranges of random feedback weights.
const (
	Xavier  = "xavier"  // ±sqrt(6/(units+classes)) (Glorot and Bengio 2010)
	FanIn   = "fan-in"  // ±1/sqrt(inputs of the layer)
	Classes = "classes" // ±1/sqrt(classes)
	Kaiming = "kaiming" // ±sqrt(6/units) (He, Zhang, Ren and Sun 2015)
)

// maxFeedback bounds the ranges that can be asked for.
const maxFeedback = 1000

// DFA is direct feedback alignment (A. Nokland, "Direct feedback alignment
// provides learning in deep neural networks", NIPS 2016): every hidden layer gets
// the output error e through fixed random weights B of its own, and its error is
// B e f'(a). That of a convolution has a row of B for each unit of its map (as in
// Refinetti et al. 2021). On devices B has the precision of the weights, and B e is not
// rounded again, as in the study of Wolters et al. (2023). B e is exact unless the phases
// of the array have feedback: B then lies on arrays of its own.
type DFA struct {
	// Feedback is the range of the uniform feedback weights: Xavier, FanIn,
	// Classes or Kaiming. "" means Xavier.
	Feedback string

	// Bound, above 0 and to 1000, replaces that range: ±Bound.
	Bound float64
}

// Name is "DFA".
func (DFA) Name() string { return "DFA" }

// Schedule is a star, with a feedback matrix for each hidden layer.
func (DFA) Schedule(shapes []nn.Shape) nn.Schedule {
	s := nn.Star(len(shapes))
	classes := shapes[len(shapes)-1].Units()
	for i, shape := range shapes[:len(shapes)-1] {
		s.Feedback[i] = shape.Units() * classes
	}
	return s
}

// Validate returns every field outside its range, nil when there is none.
func (d DFA) Validate() error {
	var p check.Problems
	p.OneOf("Feedback", d.Feedback, Xavier, FanIn, Classes, Kaiming)
	p.Float("Bound", d.Bound, 0, maxFeedback)
	return p.Err()
}

// Start draws the feedback weights.
func (d DFA) Start(net *nn.Network, seed uint64) Backward {
	f := d.draw(net, seed)
	if through, ok := f.lay(net); ok {
		return through
	}
	return f
}

func (d DFA) draw(net *nn.Network, seed uint64) directFeedback {
	classes := net.Layers[len(net.Layers)-1].Units()
	var f directFeedback
	for i, l := range net.Layers[:len(net.Layers)-1] {
		b := nn.NewMatrix(l.Units(), classes)
		bound := float32(d.bound(l.Shape, classes))
		rng.New(seed, "feedback", i, 0).FillRange(b.Data, -bound, bound)
		nn.Quantise(b.Data, b.Data, net.Precision.Weight)
		f = append(f, b)
	}
	return f
}

func (d DFA) bound(shape nn.Shape, classes int) float64 {
	switch {
	case d.Bound > 0:
		return d.Bound
	case d.Feedback == FanIn:
		return 1 / math.Sqrt(float64(shape.In))
	case d.Feedback == Kaiming:
		return math.Sqrt(6 / float64(shape.Units()))
	case d.Feedback == Classes:
		return 1 / math.Sqrt(float64(classes))
	}
	return math.Sqrt(6 / float64(shape.Units()+classes))
}

// projected is feedback through the arrays of a network, of so many hidden layers.
type projected int

// lay puts feedback weights on arrays; false where their products are exact.
func (f directFeedback) lay(net *nn.Network) (projected, bool) {
	if !net.Projects() {
		return 0, false
	}
	for i, b := range f {
		net.LayProjection(i, b)
	}
	return projected(len(f)), true
}

// Errors sets every hidden layer's error to B e f'(a), as the arrays read it.
func (p projected) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	return p.project(ctx, net, pass, pass.Layers[p].E)
}

// project is that of an e with a row for each image.
func (p projected) project(ctx context.Context, net *nn.Network, pass *nn.Pass, e nn.Matrix) error {
	for i := range int(p) {
		if err := ctx.Err(); err != nil {
			return err
		}
		net.Project(pass, i, e)
		net.Gate(pass, i)
	}
	return nil
}

// directFeedback is the matrices B, units x classes, of the hidden layers.
type directFeedback []nn.Matrix

// Errors sets every hidden layer's error to B e f'(a).
func (f directFeedback) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	return f.project(ctx, net, pass, pass.Layers[len(f)].E)
}

// project sets every hidden layer's error to B e f'(a), e having a row for each
// image.
func (f directFeedback) project(ctx context.Context, net *nn.Network, pass *nn.Pass, e nn.Matrix) error {
	for i, b := range f {
		if err := ctx.Err(); err != nil {
			return err
		}
		pass.Layers[i].E.ProductT(e, b)
		net.Gate(pass, i)
	}
	return nil
}
