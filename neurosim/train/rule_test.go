package train_test

import (
	"testing"

	"crossbook/neurosim/train"
	"crossbook/neurosim/train/ruletest"
)

func TestRulesConform(t *testing.T) {
	for _, rule := range []train.Rule{
		train.BP{}, train.DFA{}, train.DFA{Feedback: train.FanIn}, train.DFA{Bound: 0.3},
	} {
		t.Run(rule.Name(), func(t *testing.T) { ruletest.Check(t, rule) })
	}
}

func TestDecodeRuleRefuses(t *testing.T) {
	for _, text := range []string{`{"NoSuchRule": {}}`, `{}`, `"BP"`, `{"BP": {}, "DFA": {}}`, `{"DFA": {"Bound": "x"}}`} {
		if _, err := train.DecodeRule([]byte(text)); err == nil {
			t.Errorf("accepted %s", text)
		}
	}
}
