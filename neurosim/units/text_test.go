package units

import (
	"fmt"
	"math"
	"testing"
)

func TestEngineeringNotation(t *testing.T) {
	for _, c := range []struct {
		quantity fmt.Stringer
		want     string
	}{
		{Joule(1.25e-9), "1.25 nJ"},
		{Joule(-1.25e-9), "-1.25 nJ"},
		{Joule(0), "0 J"},
		{Second(1e-9), "1 ns"},
		{Second(999.96e-9), "1 µs"}, // rounding carries into the next prefix
		{Second(0.3539330863), "353.9 ms"},
		{Watt(62.9148e-9), "62.91 nW"},
		{Metre(22e-9), "22 nm"},
		{SquareMetre(4.774e-6), "4.774 mm²"},
		{SquareMetre(0.48e-6), "480000 µm²"},
		{SquareMetre(31e-12), "31 µm²"},
		{Ohm(240e3), "240 kΩ"},
		{Farad(3.2768e-15), "3.277 fF"},
		{Volt(0.85), "850 mV"},
		{Ampere(1000), "1 kA"},
		{Hertz(1e9), "1 GHz"},
		{Kelvin(300), "300 K"},
		{OhmPerMetre(13256578.9), "13.26 MΩ/m"},
		{FaradPerMetre(2e-10), "200 pF/m"},
		{FaradPerSquareMetre(6.4e-4), "640 µF/m²"},
		{AmperePerMetre(930), "930 A/m"},
		{JouleSecond(2.8111e-3), "2.811 mJ·s"},
		{WattPerSquareMetre(443.5e3), "44.35 W/cm²"},
		{Joule(1e-30), "1e-30 J"},
		{Second(math.Inf(1)), "+Inf s"},
		{Second(math.NaN()), "NaN s"},
	} {
		if got := c.quantity.String(); got != c.want {
			t.Errorf("%T(%g) prints %q, want %q", c.quantity, c.quantity, got, c.want)
		}
	}
}

func TestPrefixed(t *testing.T) {
	for _, c := range []struct {
		v       float64
		unit    string
		divisor float64
		want    string
	}{
		{1.25e-9, "J", 1e-9, "nJ"},
		{1, "J", 1, "J"},
		{999, "s", 1, "s"},
		{1000, "s", 1e3, "ks"},
		{4.774e-6, "m²", 1e-6, "mm²"},
		{0.48e-6, "m²", 1e-12, "µm²"},
		{0, "W", 1, "W"},
		{math.Inf(1), "W", 1, "W"},
		{1e-40, "J", 1e-24, "yJ"},
	} {
		if divisor, unit := Prefixed(c.v, c.unit); math.Abs(divisor/c.divisor-1) > 1e-12 || unit != c.want {
			t.Errorf("%g %s: divisor %g, unit %q; want %g, %q", c.v, c.unit, divisor, unit, c.divisor, c.want)
		}
	}
}
