package nn

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestLayoutsAreWhatTheirLayersSay(t *testing.T) {
	net := Sequential(Image(3, 9, 8),
		Conv(8, 3).Pad(1).Stride(2).Groups(1), LeakyReLU(0.1), AvgPool(2).Stride(1),
		Residual(Conv(8, 1).Kernel(1, 3).PadBy(0, 1), BatchNorm()).Shortcut(Conv(8, 1)), Dropout(0.25), Flatten(), Dense(10))
	const want = "3x9x8: conv 8 3x3 pad 1 stride 2 groups 1, leaky 0.1, avg 2x2 stride 1, " +
		"residual (conv 8 1x3 pad 0x1, norm | conv 8 1x1), dropout 0.25, flatten, dense 10"
	if net.String() != want {
		t.Errorf("%v\nwant\n%v", net, want)
	}
	if err := net.Validate(); err != nil {
		t.Error(err)
	}
	graph := Sequential(Vector(4), Concat().Branch(Dense(3), ReLU()).Branch(Dense(2)), Dense(1))
	if graph.String() != "4: concat (same | dense 3, relu | dense 2), dense 1" || graph.Activation("tanh").String() != "4: concat (same | dense 3, tanh | dense 2), dense 1" {
		t.Errorf("%v", graph)
	}
	data, err := json.Marshal(net)
	if err != nil {
		t.Fatal(err)
	}
	var back Net
	if err := json.Unmarshal(data, &back); err != nil || back != net {
		t.Errorf("%s comes back as %+v (%v)", data, back, err)
	}
	if data, _ := json.Marshal(MLP(3, 2)); string(data) != `{"Sizes":"3-2","Hidden":"","Bias":false}` {
		t.Errorf("a perceptron is stored as %s, which changes the hash of every experiment", data)
	}
}

func TestEveryMistakeNamesItsLayer(t *testing.T) {
	for want, net := range map[string]Net{
		`Layout: " " has no input`:                                                {Layout: " "},
		`Layout: a layer is missing before ""`:                                    Sequential(),
		`the input "3x3" is not allowed`:                                          {Layout: "3x3: dense 1"},
		`the input "0x3x3" has "0"; allowed: numbers from 1`:                      Sequential(Image(0, 3, 3), Dense(1)),
		`a layer is missing before ","`:                                           {Layout: "4: , dense 1"},
		`")" is one bracket or bar too many`:                                      {Layout: "4: dense 1)"},
		`"residual (" has no closing bracket`:                                     {Layout: "4: residual (dense 4"},
		`brackets are nested too deep`:                                            {Layout: "4: " + strings.Repeat("residual (", 20)},
		`layer 2, "dens 3": "dens" is no layer; allowed: avg, concat, conv,`:      {Layout: "4: relu, dens 3"},
		`layer 1, "dense 0": units "0" is not allowed; allowed: 1 to 65536`:       Sequential(Vector(4), Dense(0)),
		`layer 1, "dense": units "" is not allowed`:                               {Layout: "4: dense"},
		`layer 1, "dense 3 bias": "bias" is not known here`:                       {Layout: "4: dense 3 bias"},
		`layer 1, "relu stride 2": "stride 2" is not known here`:                  Sequential(Vector(4), ReLU().Stride(2)),
		`layer 1, "conv 4 5x5": the kernel of 5x5 does not fit on a map of 4x4`:   Sequential(Image(1, 4, 4), Conv(4, 5)),
		`layer 1, "conv 4 3x3 pad 3": pad "3" is not allowed; allowed: 0 to 2`:    Sequential(Image(1, 4, 4), Conv(4, 3).Pad(3)),
		`"conv 4 1x3 pad 1": pad 1x1 is not allowed; allowed: less than the`:      Sequential(Image(1, 4, 4), Conv(4, 3).Kernel(1, 3).Pad(1)),
		`stride "0" is not allowed`:                                               Sequential(Image(1, 4, 4), Conv(4, 3).Stride(0)),
		`groups 2 is not allowed; allowed: what divides 3 channels and 4 kernels`: Sequential(Image(3, 4, 4), Conv(4, 3).Groups(2)),
		`layer 2, "max 5x5": the kernel of 5x5 does not fit`:                      Sequential(Image(1, 4, 4), ReLU(), MaxPool(5), Dense(1)),
		`rate "1" is not allowed; allowed: 0 to 0.99`:                             Sequential(Vector(4), Dropout(1), Dense(1)),
		`slope "NaN" is not allowed`:                                              {Layout: "4: leaky NaN, dense 1"},
		`no layer has weights`:                                                    Sequential(Vector(4), ReLU()),
		`a sum goes round the last layer with weights`:                            Sequential(Vector(4), Residual(Dense(4))),
		`layer 1, residual: 4x1x1 and, by the shortcut, 5x1x1 cannot be added`:    Sequential(Vector(5), Residual(Dense(4)), Dense(1)),
		`layer 1.2, "dense 0": units`:                                             Sequential(Vector(4), Residual(ReLU(), Dense(0)), Dense(1)),
		`layer 1|1, "dense 0": units`:                                             Sequential(Vector(4), Residual(Dense(4)).Shortcut(Dense(0)), Dense(1)),
		`it takes no layers in brackets`:                                          {Layout: "4: dense 4 (relu)"},
		`concat: 4x5x5 and, by branch 2, 4x3x3 cannot lie beside each other`:      Sequential(Image(4, 5, 5), Concat().Branch(Conv(4, 3)), Dense(2)),
		`a sum goes round the last layer`:                                         Sequential(Vector(4), Concat(Dense(2)).Branch(Dense(2))),
		`allowed: concat (layers | layers ...)`:                                   {Layout: "4: concat, dense 2"},
		`allowed: residual (layers) or residual (layers | shortcut)`:              {Layout: "4: residual (relu | relu | relu), dense 2"},
		`residual 3`:                                                               {Layout: "4: residual 3 (relu), dense 3"},
		`are too many; allowed: to 65536`:                                          {Layout: strings.Repeat("4: dense 3", 1<<14)},
		`the network has 300000000 weights up to here`:                             Sequential(Vector(60000), Dense(5000), Dense(1)),
		`Sizes: "3-2 " is not allowed; allowed: nothing in Sizes`:                  {Sizes: "3-2", Layout: "4: dense 3"},
		`kernels "128*0" is not allowed`:                                           VGG8.Width(0), // which 1/4 is in Go
		`layer 1, "conv 4 3x3 kernel 1x1": "kernel 1x1" is not known here`:         Sequential(Image(1, 4, 4), Layer{"conv 4 3x3 kernel 1x1"}, Dense(1)),
		`layer 1, "step": "step" is no layer; allowed: avg`:                        Sequential(Vector(4), Tanh(), Dense(1)).Activation("step"),
		`layer 1, "dense 65536": the network has 1073741824 weights up to here; a`: Sequential(Vector(1<<14), Dense(1<<16)),
	} {
		err := net.Validate()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", net, err, want)
		}
	}
}

// FuzzLayout looks for a text that parsing, planning or printing cannot bear.
func FuzzLayout(f *testing.F) {
	for _, net := range []Net{LeNet5, VGG8, ResNet20, {Layout: "4: residual (dense 4 | relu), dense 1"}, {Layout: "4: concat (dense 4 | relu | linear), dense 1"}, {Layout: ":("}, {Layout: "4:|,"}} {
		f.Add(net.Layout)
	}
	f.Fuzz(func(t *testing.T, text string) {
		net := Net{Layout: text}
		if text == "" || net.Validate() != nil {
			return
		}
		again := net.edit(func(l line) []string { return l.words })
		if err := again.Validate(); err != nil {
			t.Fatalf("%q is valid, but not %q: %v", text, again.Layout, err)
		}
		a, b := net.Shapes(), again.Shapes()
		for i := range a {
			if a[i] != b[i] {
				t.Errorf("%q: layer %d is %v, then %v", text, i, a[i], b[i])
			}
		}
	})
}
