package cost

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"crossbook/neurosim/units"
)

// Explanation is a figure of a report with what it is the sum of. It shows itself
// as a tree.
type Explanation struct {
	Name  string
	Value float64
	Unit  string        // "m²", "s", "J" or "W"
	How   string        // the product behind the value, where it is one
	Terms []Explanation // that add up to the value; none for a product
}

func (x Explanation) named(name string) Explanation {
	x.Name = name
	return x
}

func (q quantity) unit() string {
	return [...]string{ofArea: "m²", ofLatency: "s", ofEnergy: "J", ofLeakage: "W", ofLeakageEnergy: "J"}[q]
}

// smallestInMillimetres is the area from which chips are measured in mm².
const smallestInMillimetres = 1e-8

// quantityText is a value in engineering notation.
func quantityText(v float64, unit string) string {
	switch unit {
	case "m²":
		if v >= smallestInMillimetres && v < 1e-6 {
			return fmt.Sprintf("%.4g mm²", v/1e-6)
		}
		return units.SquareMetre(v).String()
	case "s":
		return units.Second(v).String()
	case "W":
		return units.Watt(v).String()
	}
	return units.Joule(v).String()
}

// leaves makes an explanation of every term.
func leaves(list []term, unit string) []Explanation {
	var out []Explanation
	for _, t := range list {
		if t.value() != 0 {
			out = append(out, Explanation{Name: t.place() + t.name, Value: t.value(), Unit: unit, How: t.how(unit)})
		}
	}
	return out
}

// place is where the circuit stands.
func (t term) place() string {
	return [...]string{atSubarray: "subarray: ", atElement: "element: ", atTile: "tile: ", atChip: "chip: ", atMemory: ""}[t.at]
}

// how is the product behind a term: "48 subarrays × 512 × 3.2 pJ × 200 images".
func (t term) how(unit string) string {
	var factors []string
	if t.units != 1 {
		factors = append(factors, countText(t.units)+[...]string{" subarrays", " elements", " tiles", "", ""}[t.at])
	}
	if t.count != 1 {
		uses := countText(t.count)
		if t.at == atMemory {
			uses += " bits"
		}
		factors = append(factors, uses)
	}
	price := quantityText(t.price, unit)
	if t.mixed {
		price += " on average"
	}
	factors = append(factors, price)
	if t.factor < 1 && wholeNumber(1/t.factor) {
		factors[len(factors)-1] += " ÷ " + countText(1/t.factor)
	} else if t.factor != 1 {
		factors = append(factors, countText(t.factor))
	}
	if t.images != 1 {
		factors = append(factors, countText(t.images)+" images")
	}
	if t.batches != 1 {
		factors = append(factors, countText(t.batches)+" batches")
	}
	return strings.Join(factors, " × ")
}

func wholeNumber(v float64) bool { return math.Abs(v-math.Round(v)) < 1e-9*v }

// countText is a count with commas between thousands, or with four digits where it
// is broken or large.
func countText(v float64) string {
	if !wholeNumber(v) || v >= 1e9 {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	digits := strconv.FormatFloat(math.Round(v), 'f', -1, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// String is the tree as text, every term indented below what it is a part of.
func (x Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s = %s", x.Name, quantityText(x.Value, x.Unit))
	x.write(&b, "\n")
	return b.String()
}

func (x Explanation) write(b *strings.Builder, start string) {
	if x.How != "" {
		b.WriteString(" = " + x.How)
	}
	start += "  "
	for _, t := range x.Terms {
		fmt.Fprintf(b, "%s%s: %s%s", start, t.Name, quantityText(t.Value, t.Unit), t.share(x.Value))
		t.write(b, start)
	}
}

// share is what part of a whole the value is.
func (x Explanation) share(whole float64) string {
	return fmt.Sprintf(" (%.1f %%)", 100*x.Value/whole)
}

// MIMEBundle shows the explanation in a notebook: a tree that unfolds, and plain
// text.
func (x Explanation) MIMEBundle() (data, metadata map[string]any) {
	var b strings.Builder
	b.WriteString(`<div style="line-height:1.6">`)
	x.unfold(&b, x.Value, true)
	b.WriteString("</div>")
	return map[string]any{"text/html": b.String(), "text/plain": x.String()}, map[string]any{}
}

// largest is the index of the largest term, which is unfolded from the start.
func (x Explanation) largest() int {
	at := 0
	for i, t := range x.Terms {
		if t.Value > x.Terms[at].Value {
			at = i
		}
	}
	return at
}

func (x Explanation) unfold(b *strings.Builder, whole float64, open bool) {
	line := fmt.Sprintf("%s: <b>%s</b>%s", html.EscapeString(x.Name), quantityText(x.Value, x.Unit), x.share(whole))
	if x.How != "" {
		line += fmt.Sprintf(` <span style="opacity:.7">= %s</span>`, html.EscapeString(x.How))
	}
	if len(x.Terms) == 0 {
		fmt.Fprintf(b, "<div style=\"margin-left:1em\">%s</div>\n", line)
		return
	}
	state := ""
	if open {
		state = " open"
	}
	fmt.Fprintf(b, "<details%s style=\"margin-left:1em\"><summary>%s</summary>\n", state, line)
	largest := x.largest()
	for i, t := range x.Terms {
		t.unfold(b, x.Value, open && i == largest)
	}
	b.WriteString("</details>\n")
}
