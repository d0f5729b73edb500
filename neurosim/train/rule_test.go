package train_test

import (
	"encoding/json"
	"slices"
	"testing"

	"crossbook/neurosim/train"
	"crossbook/neurosim/train/ruletest"
)

func TestRulesConform(t *testing.T) {
	for _, rule := range []train.Rule{
		train.BP{},
		train.DFA{},
		train.DFA{Feedback: train.FanIn},
		train.DFA{Bound: 0.3},
		train.FA{},
		train.FA{Bound: 0.5},
		train.USF{},
		train.USF{Magnitude: 0.2},
		train.BRSF{},
		train.BRSF{Bound: 2},
		train.FRSF{},
		train.FRSF{Bound: 0.1},
		train.SDFA{},
		train.SDFA{Feedback: train.Classes},
		train.DRTP{},
		train.DRTP{Feedback: train.Xavier, Bound: 1},
		train.KP{},
		train.KP{Decay: -1, Bound: 0.1},
	} {
		t.Run(rule.Name(), func(t *testing.T) { ruletest.Check(t, rule) })
	}
}

// fromCell is a rule as an interpreter hands it over.
type fromCell struct {
	IValue any
	train.Rule
	WName func() string
}

func (w fromCell) Name() string { return w.WName() }

func TestEncodeRuleOfAnInterpreter(t *testing.T) {
	r := fromCell{struct{ Loss float64 }{0.5}, train.BP{}, func() string { return "fading" }}
	if data, err := train.EncodeRule(r); err != nil || string(data) != `{"fading":{"Loss":0.5}}` {
		t.Errorf("%s, %v", data, err)
	}
}

func TestRuleOfAnInterpreter(t *testing.T) {
	fading := func(loss float64) train.Rule {
		return fromCell{struct{ Loss float64 }{loss}, train.BP{}, func() string { return "fading" }}
	}
	decode := func(fields []byte) (train.Rule, error) {
		var f struct{ Loss float64 }
		err := json.Unmarshal(fields, &f)
		return fading(f.Loss), err
	}
	for range 2 { // a cell that is run again
		if err := train.RegisterDecoder("fading", decode); err != nil {
			t.Fatal(err)
		}
	}
	data, err := train.EncodeRule(fading(0.5))
	if err != nil {
		t.Fatal(err)
	}
	back, err := train.DecodeRule(data)
	if err != nil || !train.SameRule(back, fading(0.5)) || train.SameRule(back, fading(0.4)) {
		t.Errorf("%s comes back as %v, %v", data, back, err)
	}
	if train.SameRule(back, train.BP{}) || train.SameRule(nil, back) || !train.SameRule(nil, nil) || !train.SameRule(train.DFA{Bound: 1}, train.DFA{Bound: 1}) {
		t.Error("rules of other types are the same, or equal ones are not")
	}
	if !slices.Contains(train.RuleNames(), "fading") {
		t.Error("RuleNames does not have it")
	}
	if err := train.RegisterDecoder("BP", decode); err == nil {
		t.Error("the name BP was given away")
	}
}

func TestDecodeRuleRefuses(t *testing.T) {
	for _, text := range []string{`{"NoSuchRule": {}}`, `{}`, `"BP"`, `{"BP": {}, "DFA": {}}`, `{"DFA": {"Bound": "x"}}`} {
		if _, err := train.DecodeRule([]byte(text)); err == nil {
			t.Errorf("accepted %s", text)
		}
	}
}
