package interp_test

import "testing"

// Structs of a cell arrive whole where compiled code takes an interface.
func TestStructsInCompiledInterfaces(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `import ("errors"; "encoding/json")
type Failure struct {
	Code int
	Text string
}
func (f Failure) Error() string { return f.Text }
type Point struct{ X, Y int }
func (p Point) String() string { return "point" }
type Slow struct{ Share float64 }
func (s Slow) Name() string { return "slow" }
func (s Slow) Schedule(shapes []nn.Shape) nn.Schedule { return nn.Chain(len(shapes)) }
func (s Slow) Start(net *nn.Network, seed uint64) train.Backward { return nil }`)
	n.shows(t, "a, b := error(Failure{1, \"x\"}), error(Failure{2, \"x\"})\nfmt.Println(a == b, a == error(Failure{1, \"x\"}))", "false true")
	n.shows(t, "var f Failure\nfmt.Println(errors.As(fmt.Errorf(\"w: %w\", Failure{7, \"y\"}), &f), f.Code)", "true 7")
	n.shows(t, "fmt.Printf(\"%T %T %v\\n\", Point{1, 2}, &Point{1, 2}, Point{1, 2})", "main.Point *main.Point point")
	n.shows(t, "data, err := train.EncodeRule(Slow{0.2})\nfmt.Println(string(data), err)", `{"slow":{"Share":0.2}} <nil>`)
	n.shows(t, "e := neurosim.Experiment{}.With(Slow{0.2})\nfmt.Println(e == e, e == e.With(Slow{0.2}), e == e.With(Slow{0.3}), e.Equal(e.With(Slow{0.2})), e.Equal(e.With(Slow{0.3})))", "true true false true false")
	n.shows(t, `err = train.RegisterDecoder("slow", func(fields []byte) (train.Rule, error) {
	var s Slow
	err := json.Unmarshal(fields, &s)
	return s, err
})
r, err2 := train.DecodeRule(data)
own, ok := r.(Slow)
fmt.Println(err, err2, train.SameRule(r, Slow{0.2}), own.Share, ok)`, "<nil> <nil> true 0.2 true")
}

// A sweep reaches the fields of a rule of a cell, through its decoder.
func TestSweepOfTheFieldsOfARule(t *testing.T) {
	n := newNotebook(t)
	n.must(t, `import "encoding/json"
type Slower struct{ Share float64 }
func (s Slower) Name() string { return "slower" }
func (s Slower) Schedule(shapes []nn.Shape) nn.Schedule { return nn.Chain(len(shapes)) }
func (s Slower) Start(net *nn.Network, seed uint64) train.Backward { return nil }
base := neurosim.Experiment{Net: nn.MLP(784, 10)}.With(Slower{0.5})
grid := sweep.Grid{Base: base, Axes: []sweep.Axis{sweep.Field("Rule.Share", 0.1, 0.2)}}`)
	n.shows(t, `fmt.Println(strings.Contains(fmt.Sprint(grid.Validate()), "see train.RegisterDecoder) (axis Rule.Share, 2 of 2 points)"))`, "true")
	n.shows(t, `fmt.Println(train.RegisterDecoder("slower", func(fields []byte) (train.Rule, error) {
	var s Slower
	err := json.Unmarshal(fields, &s)
	return s, err
}))
fmt.Println(grid.Validate())`, "<nil>\n<nil>")
	n.shows(t, `fmt.Println(strings.Contains(fmt.Sprint(sweep.Grid{Base: base, Axes: []sweep.Axis{sweep.Field("Rule.Shre", 1)}}.Validate()), "did you mean Rule.Share,"))`, "true")
}
