package nn

import (
	"strings"
	"testing"

	"crossbook/neurosim/device"
)

func TestNetIsPlainData(t *testing.T) {
	a, b := MLP(784, 256, 10).Activation("tanh"), MLP(784, 256, 10)
	if a == b || a != MLP(784, 256, 10).Activation("tanh") {
		t.Error("equality does not follow the description")
	}
	if got := a.WithBias().String(); got != "784-256-10 tanh bias" {
		t.Error(got)
	}
	if got := b.Shapes(); len(got) != 2 || got[0] != (Shape{In: 784, Out: 256}) || got[1] != (Shape{In: 256, Out: 10}) {
		t.Errorf("%v", got)
	}
}

func TestValidateNamesTheLayer(t *testing.T) {
	for want, net := range map[string]Net{
		`Sizes: "" names no layer`:                             {},
		`Sizes: the input of "0-10": "0" units`:                MLP(0, 10),
		`Sizes: layer 1 of "784-0-10": "0" units`:              MLP(784, 0, 10),
		`Sizes: layer 2, the output, of "784-256--1":`:         {Sizes: "784-256--1"},
		`Sizes: layer 1, the output, of "784-ten":`:            {Sizes: "784-ten"},
		`Sizes: layers to 2 of "60000-4000-60000" have 4`:      MLP(60000, 4000, 60000),
		`Hidden: "step" is not allowed; allowed: hard-sigmoid`: MLP(2, 2).Activation("step"),
	} {
		err := net.Validate()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", net, err, want)
		}
	}
}

func TestPrecisionFor(t *testing.T) {
	for _, c := range []struct {
		asked  Precision
		levels int
		want   Precision
	}{
		{Precision{}, 0, Precision{Float, Float, Float, Float}},
		{Precision{}, 64, Precision{6, 6, 8, 8}},
		{Precision{}, 40, Precision{5, 5, 8, 8}},
		{Precision{Weight: 4, Error: 32}, 64, Precision{4, 6, 8, Float}},
		{Precision{Activation: 8}, 0, Precision{Float, Float, 8, Float}},
	} {
		if got := c.asked.For(device.Analog{Levels: c.levels}); got != c.want {
			t.Errorf("%+v, %d levels: %+v, want %+v", c.asked, c.levels, got, c.want)
		}
	}
}
