package device

import (
	"math"
	"strings"
	"testing"
)

func TestValidateNamesEveryField(t *testing.T) {
	bad := Analog{Levels: -3, LTP: 9.5, LTD: math.NaN(), DeviceToDevice: -1, CycleToCycle: -0.1, OnOff: 0.5}
	err := bad.Validate()
	if err == nil {
		t.Fatal("accepted")
	}
	lines := strings.Split(err.Error(), "\n")
	for i, field := range []string{"Levels: -3", "LTP: 9.5", "LTD: NaN", "DeviceToDevice: -1", "CycleToCycle: -0.1", "OnOff: 0.5"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], field) || !strings.Contains(lines[i], "allowed: ") {
			t.Errorf("no line on %q in\n%v", field, err)
		}
	}
	for _, good := range []Analog{{}, {Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003, OnOff: 10}, {LTP: -9, LTD: 9}} {
		if err := good.Validate(); err != nil {
			t.Errorf("%v: %v", good, err)
		}
	}
}

func TestString(t *testing.T) {
	if got := (Analog{}).String(); got != "ideal" {
		t.Error(got)
	}
	d := Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003, OnOff: 10}
	if got, want := d.String(), "64 levels, LTP 1.75, LTD 1.46, cycle-to-cycle 0.3 %, on/off 10"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
