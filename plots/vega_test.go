package plots

import (
	"encoding/json"
	"math"
	"testing"
)

// decoded is the specification as a front end reads it.
func decoded(t *testing.T, f *Figure) (spec struct {
	Schema string `json:"$schema"`
	Title  string
	Data   struct{ Values []map[string]any }
	Layer  []struct {
		Mark     map[string]any
		Encoding map[string]json.RawMessage
	}
}, size int,
) {
	t.Helper()
	data, _ := f.MIMEBundle()
	if data["image/png"] == nil {
		t.Fatalf("no picture beside the specification: %v", data["text/plain"])
	}
	raw, err := json.Marshal(data[vegaMIME])
	if err == nil {
		err = json.Unmarshal(raw, &spec)
	}
	if err != nil {
		t.Fatal(err)
	}
	return spec, len(raw)
}

func TestInteractive(t *testing.T) {
	f := Curves(Series{Name: "G_{max}", Y: []float64{1, math.NaN(), 3}, YLabel: "accuracy (%)"}, Series{Name: "b", Y: []float64{2}}).LogY().Titled("T_1").Interactive()
	spec, _ := decoded(t, f)
	if spec.Schema != vegaSchema || spec.Title != "T₁" || len(spec.Layer) != 1 || len(spec.Data.Values) != 3 {
		t.Errorf("specification %+v", spec)
	}
	first, second := spec.Data.Values[0], spec.Data.Values[1]
	if first["series"] != "Gmax" || first["x"] != 1.0 || second["x"] != 3.0 || first["piece"] == second["piece"] {
		t.Errorf("values %v", spec.Data.Values)
	}
	var y struct {
		Title string
		Scale struct {
			Type   string
			Domain []float64
		}
	}
	if err := json.Unmarshal(spec.Layer[0].Encoding["y"], &y); err != nil || y.Title != "accuracy (%)" || y.Scale.Type != "log" || y.Scale.Domain[0] <= 0 {
		t.Errorf("y is %+v, error %v", y, err)
	}
	if data, _ := Curves(accuracy("a", 90, 3)).MIMEBundle(); data[vegaMIME] != nil {
		t.Error("a specification that was not asked for")
	}
}

func TestInteractiveBands(t *testing.T) {
	spec, _ := decoded(t, Lines(repeated(), "Device.LTP", "accuracy (%)").By("rule").Band().Interactive())
	if len(spec.Layer) != 2 || spec.Layer[0].Mark["type"] != "area" || spec.Data.Values[0]["low"] == nil {
		t.Errorf("layers %+v", spec.Layer)
	}
}

// The documented size: about 60 bytes a point.
func TestInteractiveSize(t *testing.T) {
	_, size := decoded(t, Curves(many(3, 200)...).Interactive())
	_, small := decoded(t, Curves(many(3, 100)...).Interactive())
	if each := float64(size-small) / 300; each > 100 || each < 40 {
		t.Errorf("%.0f bytes a point", each)
	}
}

func TestInteractiveError(t *testing.T) {
	data, _ := Bars(repeatsOf(), "node", "area").Interactive().MIMEBundle()
	if data["text/plain"] != "plots: Interactive: only a figure of lines, made by Curves or Lines, has an interactive form" {
		t.Errorf("the figure shows %v", data["text/plain"])
	}
}

// The end of a band at or below zero lies at the edge of a logarithmic axis.
func TestInteractiveLogBand(t *testing.T) {
	f := Lines(Columns{"x": []int{1, 1, 1}, "y": []float64{1, 2, 9}}, "x", "y").Band().LogY().Interactive()
	spec, _ := decoded(t, f)
	if low, ok := spec.Data.Values[0]["low"].(float64); !ok || low <= 0 {
		t.Errorf("the band begins at %v", spec.Data.Values[0]["low"])
	}
}
