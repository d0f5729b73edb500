package main

import "fmt"

type counter struct{ n int }

func (c *counter) next() int { c.n++; return c.n }

// entry has the methods of *counter, though it is no pointer.
type entry struct {
	*counter
	name string
}

func (e entry) tenfold() int { return e.n * 10 }

type nexter interface{ next() int }

type both interface {
	nexter
	tenfold() int
}

func first(i nexter) any {
	switch x := i.(type) {
	case both:
		return x.tenfold()
	case entry:
		return "entry"
	case *counter:
		return x.n
	}
	return nil
}

func last(i nexter) any {
	switch x := i.(type) {
	case *counter:
		return x.n
	case entry:
		return x.name
	case both:
		return x.tenfold()
	}
	return nil
}

func main() {
	var i nexter = entry{&counter{1}, "a"}
	e, ok := i.(entry)
	j, also := i.(both)
	_, not := i.(*counter)
	fmt.Println(e.name, ok, i.(entry).next(), j.tenfold(), also, not)
	fmt.Println(first(i), last(i), first(&counter{7}), last(&e), first(&e))
}
