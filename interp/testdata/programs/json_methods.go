package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

type Color int

func (c Color) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }
func (c *Color) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	switch s {
	case "red":
		*c = 1
	case "blue":
		*c = 2
	default:
		return fmt.Errorf("bad color %q", s)
	}
	return nil
}
func (c Color) String() string { return [...]string{"none", "red", "blue"}[c] }

type Level int

func (l Level) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("L%d", int(l))), nil }
func (l *Level) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "L%d", (*int)(l))
	return err
}

type Temp struct{ deg float64 }

func (t Temp) MarshalJSON() ([]byte, error) { return []byte(fmt.Sprintf(`"%gC"`, t.deg)), nil }
func (t *Temp) UnmarshalJSON(b []byte) error {
	_, err := fmt.Sscanf(string(b), `"%gC"`, &t.deg)
	return err
}

type Base struct {
	ID int `json:"id"`
}
type Item struct {
	Base
	Name   string          `json:"name"`
	Color  Color           `json:"color"`
	Levels map[Level]int   `json:"levels,omitempty"`
	Temps  []Temp          `json:"temps"`
	Ptr    *Temp           `json:"ptr,omitempty"`
	Any    any             `json:"any"`
	When   time.Time       `json:"when"`
	Raw    json.RawMessage `json:"raw"`
	Skip   int             `json:"-"`
	priv   int
	Tags   map[string]Color `json:"tags"`
	Opt    *int             `json:"opt,omitempty"`
	Dur    time.Duration
}

func main() {
	it := Item{Base: Base{7}, Name: "n", Color: 1, Levels: map[Level]int{2: 3}, Temps: []Temp{{1.5}, {2}}, Ptr: &Temp{9}, Any: []Color{1, 2}, When: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), Raw: json.RawMessage(`{"a":1}`), priv: 5, Tags: map[string]Color{"x": 2}, Dur: time.Second}
	b, err := json.Marshal(it)
	fmt.Println(string(b), err)
	b, err = json.MarshalIndent(map[string]any{"i": Color(2), "t": Temp{3}, "l": []Level{1}}, "", " ")
	fmt.Println(string(b), err)
	var back Item
	err = json.Unmarshal([]byte(`{"id":8,"name":"m","color":"blue","levels":{"L4":5},"temps":["3.5C"],"ptr":"1C","any":{"k":[1,"x"]},"when":"2021-01-01T00:00:00Z","raw":[1],"tags":{"q":"red"}}`), &back)
	fmt.Println(err, back.ID, back.Name, back.Color, back.Levels, back.Temps, back.Any, back.When.Year(), string(back.Raw), back.Tags)
	if back.Ptr != nil {
		fmt.Println(*back.Ptr)
	}
	err = json.Unmarshal([]byte(`{"color":"green"}`), &back)
	fmt.Println(err)
	var cs []Color
	fmt.Println(json.Unmarshal([]byte(`["red","blue"]`), &cs), cs)
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetIndent("", "")
	fmt.Println(enc.Encode([]Temp{{1}}), buf.String())
	dec := json.NewDecoder(strings.NewReader(`{"color":"red"} {"color":"blue"}`))
	for dec.More() {
		var i Item
		if err := dec.Decode(&i); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(i.Color)
	}
	var m map[string]Color
	fmt.Println(json.Unmarshal([]byte(`{"a":"red"}`), &m), m)
	var t Temp
	fmt.Println(json.Unmarshal([]byte(`"4C"`), &t), t)
	var c Color
	fmt.Println(json.Unmarshal([]byte(`"red"`), &c), c)
	bb, _ := json.Marshal(Color(1))
	fmt.Println(string(bb))
}
