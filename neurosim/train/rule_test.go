package train_test

import (
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

// interpreted is a rule as an interpreter hands it over.
type interpreted struct {
	IValue any
	train.Rule
	WName func() string
}

func (w interpreted) Name() string { return w.WName() }

func TestEncodeRuleOfAnInterpreter(t *testing.T) {
	r := interpreted{struct{ Loss float64 }{0.5}, train.BP{}, func() string { return "fading" }}
	if data, err := train.EncodeRule(r); err != nil || string(data) != `{"fading":{"Loss":0.5}}` {
		t.Errorf("%s, %v", data, err)
	}
}

func TestDecodeRuleRefuses(t *testing.T) {
	for _, text := range []string{`{"NoSuchRule": {}}`, `{}`, `"BP"`, `{"BP": {}, "DFA": {}}`, `{"DFA": {"Bound": "x"}}`} {
		if _, err := train.DecodeRule([]byte(text)); err == nil {
			t.Errorf("accepted %s", text)
		}
	}
}
