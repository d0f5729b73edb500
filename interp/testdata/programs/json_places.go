package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

type leaf struct {
	Port int `json:"port"`
}
type mid struct {
	Leaf  leaf            `json:"leaf"`
	List  []leaf          `json:"list"`
	Table map[string]leaf `json:"table"`
	Ptr   *leaf           `json:"ptr"`
	leaf2
}
type leaf2 struct{ Q int }
type root struct{ Mid mid }
type ints []int
type pair[A, B any] struct {
	First  A
	Second B
}
type level int

func (l *level) UnmarshalJSON(b []byte) error {
	if string(b) == `"bad"` {
		return errors.New("bad level")
	}
	*l = level(len(b))
	return nil
}

type meter struct {
	Name  string
	Level level
	Limit int
	Inner struct{ N int }
	Steps []level
	More  map[string]level
	leaf2
}

func show(err error) {
	var ute *json.UnmarshalTypeError
	if errors.As(err, &ute) {
		fmt.Println(err, "|", ute.Struct, "|", ute.Field, "|", ute.Value, ute.Offset)
		return
	}
	fmt.Println(err)
}

func main() {
	for _, text := range []string{`{"Mid":{"leaf":{"port":"x"}}}`, `{"Mid":{"list":[{"port":1},{"port":true}]}}`, `{"Mid":{"table":{"a":{"port":1.5}}}}`,
		`{"Mid":{"ptr":{"port":[]}}}`, `{"Mid":{"Q":{}}}`, `{"Mid":5}`, `[]`, `{"Mid":{"leaf":{"port":300}}`, `{"Mid":{"list":3}}`} {
		var r root
		show(json.Unmarshal([]byte(text), &r))
		show(json.NewDecoder(strings.NewReader(text)).Decode(&r))
	}
	var l leaf
	show(json.Unmarshal([]byte(`{"port":"x"}`), &l))
	show(json.Unmarshal([]byte(`[]`), &l))
	var ll []leaf
	show(json.Unmarshal([]byte(`[{"port":"x"}]`), &ll))
	var n ints
	show(json.Unmarshal([]byte(`["x"]`), &n))
	show(json.Unmarshal([]byte(`["x"]`), n))
	show(json.Unmarshal([]byte(`["x"]`), nil))
	show(json.Unmarshal([]byte(`{"a":1}`), l))
	var p *leaf
	show(json.Unmarshal([]byte(`1`), p))
	var pp pair[int, string]
	show(json.Unmarshal([]byte(`{"Second":1,"First":"x"}`), &pp))
	fmt.Printf("%+v\n", pp)
	var anonymous struct{ A struct{ B int } }
	show(json.Unmarshal([]byte(`{"A":{"B":"x"}}`), &anonymous))
	for _, text := range []string{` {"Limit":"x", "Name":"n","Level":123, "Q":7, "Steps":[1,22], "More":{"a":1}}`,
		`{"Name":"n","Level":"bad","Limit":3}`, `{"Inner":{"N":"x"},"Limit":"y","Steps":5,"Name":"z"}`,
		`{"Steps":[ 1, "bad", 3],"Limit":4}`, `{"Q":"x","Limit":1}`, `{"More":[],"Limit":1,"name":"low"}`, `{"Limit":1`, `{"Limit":1.5e3}`} {
		m := meter{Steps: []level{9, 9, 9}}
		show(json.Unmarshal([]byte(text), &m))
		fmt.Printf("%+v\n", m)
	}
	d := json.NewDecoder(strings.NewReader(`{"port":1,"zz":2}`))
	d.DisallowUnknownFields()
	show(d.Decode(&l))
}

type num int
type face interface{ M() }
type impl struct{ V int }

func (impl) M() {}

type Xylo struct{ A int }
type emb struct {
	num
	face
	*leaf
	Xylo
	leaf2
	pair[int, string]
}

func init() {
	e := emb{num: 3, face: impl{4}, leaf: nil, Xylo: Xylo{5}}
	fmt.Printf("%v\n%+v\n%#v\n", e, e, e.Xylo)
	fmt.Printf("%+v %T\n", struct{ num }{7}, struct{ Xylo }{})
	b, err := json.Marshal(struct {
		num
		Xylo
		Leaf *leaf
	}{1, Xylo{2}, &leaf{3}})
	fmt.Println(string(b), err)
}
