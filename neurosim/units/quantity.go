package units

// Electrical, thermal and geometrical quantities, each in the SI unit that
// names it.
type (
	Joule       float64 // energy
	Second      float64 // time
	Watt        float64 // power
	Metre       float64 // length
	SquareMetre float64 // area
	Ohm         float64 // resistance
	Farad       float64 // capacitance
	Volt        float64 // voltage
	Ampere      float64 // current
	Hertz       float64 // frequency
	Kelvin      float64 // temperature
	JouleSecond float64 // energy-delay product
)

// Quantities per metre, of wires and of transistors by their width, and per
// square metre.
type (
	OhmPerMetre         float64 // resistance of a wire
	FaradPerMetre       float64 // capacitance of a wire, a gate or a junction's edge
	FaradPerSquareMetre float64 // capacitance of a junction
	AmperePerMetre      float64 // current of a transistor by its width
	WattPerSquareMetre  float64 // power density of a chip
)

// String in engineering notation: "1.25 nJ".
func (q Joule) String() string { return engineering(float64(q), "J") }

// String in engineering notation: "10 ns".
func (q Second) String() string { return engineering(float64(q), "s") }

// String in engineering notation: "62.9 nW".
func (q Watt) String() string { return engineering(float64(q), "W") }

// String in engineering notation: "22 nm".
func (q Metre) String() string { return engineering(float64(q), "m") }

// String with the prefix squared, as geometry has it: "4.774 mm²", "31 µm²".
func (q SquareMetre) String() string { return squared(float64(q)) }

// String in engineering notation: "240 kΩ".
func (q Ohm) String() string { return engineering(float64(q), "Ω") }

// String in engineering notation: "3.28 fF".
func (q Farad) String() string { return engineering(float64(q), "F") }

// String in engineering notation: "850 mV".
func (q Volt) String() string { return engineering(float64(q), "V") }

// String in engineering notation: "12 µA".
func (q Ampere) String() string { return engineering(float64(q), "A") }

// String in engineering notation: "1 GHz".
func (q Hertz) String() string { return engineering(float64(q), "Hz") }

// String without a prefix: "300 K".
func (q Kelvin) String() string { return plain(float64(q)) + " K" }

// String in engineering notation: "13.3 MΩ/m".
func (q OhmPerMetre) String() string { return engineering(float64(q), "Ω/m") }

// String in engineering notation: "200 pF/m".
func (q FaradPerMetre) String() string { return engineering(float64(q), "F/m") }

// String in engineering notation: "640 µF/m²".
func (q FaradPerSquareMetre) String() string { return engineering(float64(q), "F/m²") }

// String in engineering notation: "930 A/m".
func (q AmperePerMetre) String() string { return engineering(float64(q), "A/m") }

// String in engineering notation: "2.811 mJ·s".
func (q JouleSecond) String() string { return engineering(float64(q), "J·s") }

// String by square centimetre, as data sheets have it: "44.35 W/cm²".
func (q WattPerSquareMetre) String() string { return engineering(float64(q)/1e4, "W/cm²") }
