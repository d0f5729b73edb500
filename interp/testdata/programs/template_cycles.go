package main

import (
	"fmt"
	"os"
	"text/template"
)

type N struct {
	V    int
	Next *N
	M    map[string]any
	L    []any
}

func main() {
	n := &N{V: 3}
	n.Next = n
	n.M = map[string]any{}
	n.M["self"] = n.M
	n.L = []any{nil}
	n.L[0] = n.L
	t := template.Must(template.New("t").Parse("{{.V}} {{.Next.Next.V}}\n"))
	fmt.Println(t.Execute(os.Stdout, n))
}
