package plots

import (
	"encoding/json"
	"errors"
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg"
)

// vegaMIME is the type under which JupyterLab draws Vega-Lite 5.
const vegaMIME = "application/vnd.vegalite.v5+json"

// vegaSchema is the language of the specification.
const vegaSchema = "https://vega.github.io/schema/vega-lite/v5.json"

// Interactive adds a Vega-Lite 5 specification to what a notebook shows, so that
// front ends that draw it, such as JupyterLab, offer to zoom, to pan and to read
// values. It is for lines, made by [Curves] or [Lines]. It is off unless asked
// for: such front ends prefer it over the picture, whose notes and style it
// lacks, and a notebook then holds the data twice, at about 60 bytes a point.
func (f *Figure) Interactive() *Figure {
	switch f.data.(type) {
	case *curveData, *tableData:
		f.interactive = true
		return f
	}
	return f.fail("Interactive", errors.New("only a figure of lines, made by Curves or Lines, has an interactive form"))
}

// object is one of JSON.
type object = map[string]any

// vega is the drawing in Vega-Lite.
func (d *drawing) vega(title string) (object, error) {
	values, banded, marked := d.vegaValues()
	x := object{"field": "x", "type": "quantitative", "title": plain(d.labels[0], "x"), "scale": vegaScale(d.axes[0])}
	y := object{"field": "y", "type": "quantitative", "title": plain(d.labels[1], "y"), "scale": vegaScale(d.axes[1])}
	named := d.vegaColors()
	var layers []object
	if banded {
		encoding := object{"x": x, "y": object{"field": "low", "type": "quantitative", "title": y["title"]}, "y2": object{"field": "high"}, "color": named}
		layers = append(layers, object{"mark": object{"type": "area", "opacity": 0.19, "clip": true}, "encoding": encoding})
	}
	dash := object{"field": "series", "type": "nominal", "sort": nil, "legend": nil, "scale": object{"range": vegaDashes(len(d.all))}}
	encoding := object{
		"x": x, "y": y, "color": named, "strokeDash": dash, "detail": object{"field": "piece"}, "order": object{"field": "order"},
		"tooltip": []object{{"field": "series"}, {"field": "x", "title": x["title"]}, {"field": "y", "title": y["title"]}},
	}
	mark := object{"type": "line", "clip": true, "strokeWidth": 2}
	if marked {
		mark["point"] = true
	}
	layers = append(layers, object{
		"mark": mark, "encoding": encoding,
		"params": []object{{"name": "view", "select": "interval", "bind": "scales"}},
	})
	spec := object{
		"$schema": vegaSchema, "width": int(d.width/pointsPerPixel) - 90, "height": defaultPlot - 60,
		"data": object{"values": values}, "layer": layers,
		"config": object{"font": "Liberation Sans, Arial, Helvetica, sans-serif", "axis": object{"gridColor": vegaColor(gridInk)}},
	}
	if title != "" {
		spec["title"] = plain(title, "")
	}
	return spec, valid(spec)
}

// valid makes sure that the specification can be written.
func valid(spec object) error {
	if _, err := json.Marshal(spec); err != nil {
		return fmt.Errorf("plots: Interactive: %w", err)
	}
	return nil
}

// vegaValues are the points. A line that starts anew after a gap is a piece of
// its own.
func (d *drawing) vegaValues() (values []object, banded, marked bool) {
	piece := 0
	marked = true
	for _, s := range d.all {
		piece++
		marked = marked && len(s.points) <= fewMarks
		for i, p := range s.points {
			if p.gap && i > 0 {
				piece++
			}
			v := object{"series": plain(s.name, ""), "x": p.x, "y": p.y, "piece": piece, "order": i}
			if p.banded() {
				banded = true
				v["low"], v["high"] = p.low, p.high
				if d.axes[1].log { // which has no place for an end at or below zero
					v["low"] = max(p.low, d.axes[1].low)
				}
			}
			values = append(values, v)
		}
	}
	return values, banded, marked
}

func vegaScale(s scale) object {
	out := object{"domain": []float64{s.low, s.high}, "nice": false}
	if s.log {
		out["type"] = "log"
	} else {
		out["zero"] = false
	}
	return out
}

// vegaColors gives the lines the colours and the order of the picture.
func (d *drawing) vegaColors() object {
	names, colors := make([]string, len(d.all)), make([]string, len(d.all))
	for i, s := range d.all {
		names[i], colors[i] = plain(s.name, ""), vegaColor(palette[i%len(palette)])
	}
	out := object{"field": "series", "type": "nominal", "sort": nil, "title": nil, "scale": object{"domain": names, "range": colors}}
	if len(d.entries) == 0 {
		out["legend"] = nil
	} else {
		out["legend"] = object{"orient": "top", "symbolLimit": 0, "symbolOpacity": 1, "columns": 4}
	}
	return out
}

func vegaDashes(n int) [][]vg.Length {
	out := make([][]vg.Length, n)
	for i := range out {
		if out[i] = dashes[i%len(dashes)]; out[i] == nil {
			out[i] = []vg.Length{1, 0}
		}
	}
	return out
}

func vegaColor(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
