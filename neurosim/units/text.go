package units

import (
	"math"
	"strconv"
)

// digits is how many significant digits a text has.
const digits = 4

// prefixes are the SI prefixes from 10^-24 to 10^24, a thousand apart.
var prefixes = []string{"y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"}

const noPrefix = 8

// engineering writes a value with the prefix that leaves 1 to 999 before the
// point: 1.25e-9 and "J" give "1.25 nJ". Zero, infinities, NaN and what no
// prefix reaches have none.
func engineering(v float64, unit string) string {
	return scaled(v, 1, unit)
}

// squared writes an area: each step of the prefix is a million.
func squared(v float64) string {
	return scaled(v, 2, "m²")
}

func scaled(v float64, power int, unit string) string {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return plain(v) + " " + unit
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'e', digits-1, 64), 64)
	step := int(math.Floor(math.Log10(math.Abs(rounded))/float64(3*power) + 1e-12))
	if step < -noPrefix || step > noPrefix {
		return plain(v) + " " + unit
	}
	return plain(v/math.Pow10(3*power*step)) + " " + prefixes[noPrefix+step] + unit
}

func plain(v float64) string {
	text := strconv.FormatFloat(v, 'e', digits-1, 64)
	rounded, _ := strconv.ParseFloat(text, 64)
	if abs := math.Abs(rounded); abs != 0 && (abs < 1e-4 || abs >= 1e7) {
		return strconv.FormatFloat(rounded, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
