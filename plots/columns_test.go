package plots

import (
	"fmt"
	"strings"
	"testing"
)

type kilo float32 // a named numeric type, as units are

func TestColumns(t *testing.T) {
	c := Columns{
		"floats": []float64{1.5, -2}, "ints": []int{1, 2}, "bytes": []uint8{3, 4}, "named": []kilo{0.5, 1}, "array": [2]int8{7, 8},
		"mixed": []any{1, 2.5}, "text": []string{"a", "b"}, "bools": []bool{true, false},
	}
	if got := strings.Join(c.Names(), " "); got != "array bools bytes floats ints mixed named text" {
		t.Errorf("names %s", got)
	}
	for name, want := range map[string]string{
		"floats": "[1.5 -2]", "ints": "[1 2]", "bytes": "[3 4]", "named": "[0.5 1]", "array": "[7 8]", "mixed": "[1 2.5]", "text": "[a b]", "bools": "[true false]",
	} {
		texts, err := c.Strings(name)
		if err != nil || fmt.Sprint(texts) != want {
			t.Errorf("%s as text: %v, error %v", name, texts, err)
		}
		numbers, err := c.Floats(name)
		if name == "text" || name == "bools" {
			if err == nil {
				t.Errorf("%s as numbers: %v, want an error", name, numbers)
			}
			continue
		}
		if err != nil || fmt.Sprint(numbers) != want {
			t.Errorf("%s as numbers: %v, error %v", name, numbers, err)
		}
	}
}

func TestColumnsErrors(t *testing.T) {
	c := Columns{"x": 3, "text": []string{"a"}, "holes": []any{1, nil}}
	for name, want := range map[string]string{
		"none":  `no column "none"; the table has holes, text, x`,
		"x":     `column "x": int is no slice`,
		"text":  `column "text": row 0 holds a, which is no number`,
		"holes": `column "holes": row 1 holds <nil>, which is no number`,
	} {
		if _, err := c.Floats(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
}
