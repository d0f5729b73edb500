package units

import (
	"math"
	"strings"
)

// Prefixed is the unit with the prefix that leaves 1 to 999 of a value before the
// point, and what to divide values by: 1.25e-9 and "J" give 1e-9 and "nJ". The
// prefix of a unit that ends in "²" is squared. Axes and tables whose values
// share a unit use it.
func Prefixed(v float64, unit string) (divisor float64, prefixed string) {
	power := 1
	if strings.HasSuffix(unit, "²") {
		power = 2
	}
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return 1, unit
	}
	step := int(math.Floor(math.Log10(math.Abs(v))/float64(3*power) + 1e-12))
	step = min(max(step, -noPrefix), noPrefix)
	return math.Pow10(3 * power * step), prefixes[noPrefix+step] + unit
}
