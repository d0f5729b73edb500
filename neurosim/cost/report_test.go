package cost

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"crossbook/neurosim/units"
)

func TestReportShowsItself(t *testing.T) {
	r := Chip{}.MustEstimate(corners["two layers"])
	text := r.String()
	for _, want := range []string{
		"22 nm LSTP, RRAM, 6 bits a weight", "energy per epoch", "power density", "TOPS/W",
		"weight gradient", "gradient unit", "784 × 500", "mm²",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	data, _ := r.MIMEBundle()
	page := data["text/html"].(string)
	for _, tag := range []string{"table", "tr", "td", "th", "details"} {
		if open, closed := strings.Count(page, "<"+tag+">")+strings.Count(page, "<"+tag+" "), strings.Count(page, "</"+tag+">"); open != closed || open == 0 {
			t.Errorf("%d <%s>, %d closed", open, tag, closed)
		}
	}
	if data["text/plain"] != text {
		t.Error("plain text is not String")
	}
	if text := (Chip{Inference: true}).MustEstimate(corners["two layers"]).String(); strings.Contains(text, "epoch") || strings.Contains(text, "update") {
		t.Errorf("inference has epochs or updates:\n%s", text)
	}
}

func TestDerivedFigures(t *testing.T) {
	r := Chip{Batch: 10, Iterations: 4}.MustEstimate(corners["two layers"])
	energy, latency := float64(r.Energy()), float64(r.Latency())
	for name, pair := range map[string][2]float64{
		"images":        {r.Images(), 40},
		"latency":       {float64(r.LatencyPerImage()), latency / 40},
		"power":         {float64(r.Power()), energy / latency},
		"power density": {float64(r.PowerDensity()), energy / latency / float64(r.Areas.Total)},
		"energy-delay":  {float64(r.EnergyDelay()), energy * latency / 1600},
		"TOPS/W":        {r.TOPSPerWatt(), r.TOPS() / float64(r.Power())},
	} {
		if !same(pair[0], pair[1]) {
			t.Errorf("%s: %g, want %g", name, pair[0], pair[1])
		}
	}
}

// curve is a training by the accuracy after every epoch.
type curve []float64

func (c curve) Len() int { return len(c) }

func (c curve) XY(i int) (epoch, accuracy float64) { return float64(i + 1), c[i] }

func TestTrainingToAnAccuracy(t *testing.T) {
	r := Chip{}.MustEstimate(corners["two layers"])
	got, err := r.TrainingTo(80, curve{70, 79, 81, 80})
	if err != nil || got.Epochs != 3 || !same(float64(got.Energy), 3*float64(r.Energy())) || !same(float64(got.Latency), 3*float64(r.Latency())) {
		t.Errorf("%v, %v", got, err)
	}
	if text := got.String(); !strings.HasPrefix(text, "80 % after 3 epochs: ") {
		t.Errorf("shows as %q", text)
	}
	_, err = r.TrainingTo(90, curve{70, 79})
	if want := "cost: training to 90 %: not reached in 2 epochs; allowed: at most the best, 79 %"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if _, err = (Chip{Inference: true}).MustEstimate(corners["two layers"]).TrainingTo(1, curve{70}); err == nil {
		t.Error("inference trains")
	}
}

func TestReportSurvivesJSON(t *testing.T) {
	layers := Layers(Dense(784, 500), Dense(500, 10))
	layers[0].Activity = Activity{Ones: 0.1, Changed: 0.2, Steps: 3}
	r := Chip{Node: 14, Cell: FeFET, NovelMapping: true}.MustEstimate(layers)
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadReport(data)
	if err != nil {
		t.Fatal(err)
	}
	if text, want := again.String(), r.String(); text != want {
		t.Errorf("%s\nwant\n%s", text, want)
	}
	if !reflect.DeepEqual(again.figures(), r.figures()) {
		t.Error("figures changed")
	}
	if x, err := again.Explain("energy"); err != nil || x.Value != float64(r.Energy()) {
		t.Errorf("energy %g, %v; want %v", x.Value, err, r.Energy())
	}
	addUp(t, "from a file", again)
}

func TestBadReports(t *testing.T) {
	r := Chip{}.MustEstimate(corners["two layers"])
	r.Layers[1].Traced = true
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	traced, err := ReadReport(data)
	if err != nil {
		t.Fatal(err)
	}
	_, explained := traced.Explain("energy")
	_, unknown := ReadReport([]byte(`{"Chip": {"Nodes": 22}}`))
	_, invalid := ReadReport([]byte(`{"Chip": {"ADCBits": 40}}`))
	for want, err := range map[string]error{
		"cost: explain: the report comes from a file, which does not hold the trace that layer 2 was priced with": explained,
		"cost: report: Chip.Nodes: unknown field; allowed: ":                                                      unknown,
		"cost: report: Chip: ADCBits: 40 is not allowed; allowed: 1 to 10":                                        invalid,
		`cost: "power" is no quantity of these parts; allowed: area, latency, energy`:                             quantityError(r, "power"),
		"cost: area has no phases; allowed: latency, energy":                                                      second(r.ByPhase().Quantity(Area)),
		`cost: column "node" has no numbers; allowed: area, latency, energy, leakage`:                             columnError("node"),
		`cost: floorplan: layer: 3 is not allowed; allowed: 1 to 2`:                                               planError(r, 3),
		"cost: report: open " + filepath.Join(string(filepath.Separator), "no", "file"):                           r.SaveCSV("/no/file"),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func quantityError(r *Report, name string) error {
	_, _, err := r.Quantity(name)
	return err
}

func second(_ []float64, _ string, err error) error { return err }

func columnError(name string) error {
	_, err := Comparison{}.Floats(name)
	return err
}

func planError(r *Report, layer int) error {
	_, err := r.TileFloorplan(layer)
	return err
}

func TestCSVHasEveryFigure(t *testing.T) {
	r := Chip{}.MustEstimate(corners["images"])
	path := filepath.Join(t.TempDir(), "chip.csv")
	if err := r.SaveCSV(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sum, phases := 0.0, 0
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[4], 64)
		if err != nil {
			t.Fatalf("%v: %v", row, err)
		}
		if row[0] != "0" && row[1] != "" && row[3] == Energy {
			sum += v
			phases++
		}
	}
	if want := float64(r.Phases.Total().Energy); !same(sum, want) || phases != 4*len(r.Layers) {
		t.Errorf("%d phases of layers with %g J, want %g", phases, sum, want)
	}
}

// TestSharesAddUp compares every way to divide a quantity with the whole.
func TestSharesAddUp(t *testing.T) {
	for name, chip := range designs {
		sharesAddUp(t, name, chip.MustEstimate(corners["images"]))
	}
	for name, s := range ruled(deep) {
		for _, chip := range []Chip{{}, {Pipelined: true}, {Reference: Wolters}} {
			sharesAddUp(t, name, price(t, chip, deep, s))
		}
	}
}

func sharesAddUp(t *testing.T, name string, r *Report) {
	t.Helper()
	whole := map[string]float64{
		Area: float64(r.Areas.Total), Latency: float64(r.Latency()), Energy: float64(r.Energy()), Leakage: float64(r.Leakage),
	}
	for cut, shares := range map[string]Shares{"component": r.byComponent(), "phase": r.ByPhase(), "layer": r.ByLayer()} {
		for quantity, want := range whole {
			if cut == "phase" && (quantity == Area || quantity == Leakage) {
				continue
			}
			values, unit, err := shares.Quantity(quantity)
			if err != nil || len(values) != len(shares.Parts()) {
				t.Fatalf("%s by %s: %d values for %d parts, %v", quantity, cut, len(values), len(shares.Parts()), err)
			}
			divisor, wantUnit := units.Prefixed(want, map[string]string{Area: "m²", Latency: "s", Energy: "J", Leakage: "W"}[quantity])
			if got := total(values) * divisor; math.Abs(got-want) > 1e-9*want || unit != wantUnit {
				t.Errorf("%s: %s by %s: %g %s, want %g", name, quantity, cut, got, unit, want)
			}
		}
	}
}

func TestReportsOfRulesSurviveJSON(t *testing.T) {
	for name, s := range ruled(deep) {
		r := price(t, Chip{}, deep, s)
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadReport(data)
		if err != nil {
			t.Fatal(err)
		}
		if text, want := again.String(), r.String(); text != want {
			t.Errorf("%s: %s\nwant\n%s", name, text, want)
		}
		plan, err := again.Floorplan()
		if err != nil || !same(plan.area(), float64(r.Areas.Total)) {
			t.Errorf("%s: the chip's blocks have %g m², the chip %v; %v", name, plan.area(), r.Areas.Total, err)
		}
	}
}

func TestFloorplansHaveTheChipsArea(t *testing.T) {
	for name, chip := range designs {
		r := chip.MustEstimate(corners["images"])
		plan, err := r.Floorplan()
		if err != nil {
			t.Fatal(err)
		}
		tile, err := r.TileFloorplan(2)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := plan.area(), float64(r.Areas.Total); !same(got, want) {
			t.Errorf("%s: the chip's blocks have %g m², the chip %g", name, got, want)
		}
		x, err := r.Explain("area, layer 2")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := tile.area()*float64(r.Layers[1].Tiles), x.Value; !same(got, want) {
			t.Errorf("%s: the tile's blocks have %g m² in all tiles, the tiles %g", name, got, want)
		}
	}
}

func (f Floorplan) area() float64 {
	sum := 0.0
	for i := range f.Blocks() {
		_, _, width, height := f.Bounds(i)
		sum += width * height
	}
	return sum
}

func TestComparison(t *testing.T) {
	layers := corners["two layers"]
	c := Comparison{{"22 nm", Chip{}.MustEstimate(layers)}, {"7 nm", Chip{Node: 7}.MustEstimate(layers)}}
	energy, err := c.Floats(Energy)
	if err != nil {
		t.Fatal(err)
	}
	divisor, unit := units.Prefixed(float64(c[0].Report.Energy()), "J")
	if got := total(energy) * divisor; !same(got, float64(c[0].Report.Energy()+c[1].Report.Energy())) || c.Unit(Energy) != unit || c.Unit("design") != "" {
		t.Errorf("%g %s in both designs", got, c.Unit(Energy))
	}
	names, err := c.Strings("design")
	if err != nil || len(names) != len(energy) || names[0] != "22 nm" || names[len(names)-1] != "7 nm" {
		t.Errorf("designs %v, %v", names, err)
	}
	if texts, err := c.Strings(Area); err != nil || len(texts) != len(names) {
		t.Errorf("areas as text %v, %v", texts, err)
	}
}

func TestWorkStaysBelowTheRoof(t *testing.T) {
	for name, chip := range designs {
		r := chip.MustEstimate(corners["images"])
		peak, bandwidth := r.Roof()
		names, intensity, rate := r.Work()
		if len(names) == 0 || len(names) != len(intensity) || len(names) != len(rate) {
			t.Fatalf("%s: work %v, %v, %v", name, names, intensity, rate)
		}
		for i := range names {
			if roof := min(peak, bandwidth*intensity[i]); !(rate[i] > 0) || rate[i] > roof {
				t.Errorf("%s: %s reaches %g operations a second under a roof of %g", name, names[i], rate[i], roof)
			}
		}
	}
}
