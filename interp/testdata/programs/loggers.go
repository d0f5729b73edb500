package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"text/tabwriter"
)

type vec struct{ X, Y int }

func (v vec) String() string { return fmt.Sprintf("<%d,%d>", v.X, v.Y) }

type plain struct {
	A int
	b string
}
type kind int

func (k kind) String() string { return [...]string{"zero", "one"}[k] }

type fault struct{ code int }

func (f *fault) Error() string { return fmt.Sprint("fault ", f.code) }

func main() {
	lg := log.New(os.Stdout, "log: ", 0)
	v := vec{1, 2}
	lg.Printf("x=%v %d %s", v, kind(1), kind(1))
	lg.Println(v, kind(0), &v, []vec{v}, plain{1, "b"}, &fault{3}, errors.New("e"))
	lg.Print(v, "a", kind(1))
	var x any = v
	lg.Println(x, []any{v, kind(1)}, map[string]vec{"a": v})
	log.SetOutput(os.Stdout)
	log.SetFlags(0)
	log.Println(v, kind(1), x)
	log.Printf("%v|%+v|%T", v, plain{1, "x"}, v)
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		lg.Panicf("p %v", v)
	}()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		log.Panicln("p", kind(1))
	}()
	tw := tabwriter.NewWriter(os.Stdout, 0, 1, 1, ' ', 0)
	fmt.Fprintf(tw, "%v\t%v\n", v, kind(0))
	tw.Flush()
	var sb strings.Builder
	fmt.Fprint(&sb, v, kind(1))
	fmt.Println(sb.String(), errors.Join(&fault{1}, errors.New("z")))
	fmt.Println(fmt.Append(nil, v)[0], string(fmt.Appendf(nil, "%v", kind(1))))
}
