package main

import (
	"bytes"
	"encoding/gob"
	"encoding/xml"
	"fmt"
	"os"
	"text/template"
)

type Item struct {
	Name string
	N    int
	Tags []string
	M    map[string]float64
	Sub  *Item
}
type Color int

func (c Color) String() string { return "color" }
func (i Item) Twice() int      { return 2 * i.N }

type X struct {
	XMLName xml.Name `xml:"x"`
	A       int      `xml:"a,attr"`
	B       []string `xml:"b"`
}

func main() {
	it := Item{"n", 3, []string{"a", "b"}, map[string]float64{"k": 1.5}, &Item{Name: "sub"}}
	t := template.Must(template.New("t").Parse("{{.Name}} {{.N}} {{range $i, $t := .Tags}}{{$i}}{{$t}} {{end}}{{.M.k}} {{.Sub.Name}} {{len .Tags}} {{printf \"%05d\" .N}} {{if gt .N 2}}big{{end}}\n"))
	fmt.Println(t.Execute(os.Stdout, it))
	fmt.Println(t.Execute(os.Stdout, &it))
	m := template.Must(template.New("m").Parse("{{.a}} {{range .l}}{{.}},{{end}}\n"))
	fmt.Println(m.Execute(os.Stdout, map[string]any{"a": 1, "l": []int{1, 2}}))
	c := template.Must(template.New("c").Parse("{{.}}\n"))
	fmt.Println(c.Execute(os.Stdout, Color(1)))
	b, err := xml.Marshal(X{A: 1, B: []string{"q"}})
	fmt.Println(string(b), err)
	var x X
	fmt.Println(xml.Unmarshal(b, &x), x.A, x.B)
	var buf bytes.Buffer
	fmt.Println(gob.NewEncoder(&buf).Encode(it))
	var back Item
	fmt.Println(gob.NewDecoder(&buf).Decode(&back), back.Name, back.Tags, back.Sub.Name)
}
