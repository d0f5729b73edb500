package wire

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"unsafe"
)

// Graph is the memory that one call knows on one side: the objects to which
// arguments and results refer, by number. The zero value is that of a new call.
type Graph struct {
	objects []object
	found   []span                 // memory that the message at hand may refer to, by address
	seen    map[span]bool          // spans and maps that were looked at
	maps    map[unsafe.Pointer]int // maps by their identity
}

// object is memory of count values of one type, or a map.
type object struct {
	base  unsafe.Pointer
	count int
	elem  reflect.Type
	asMap reflect.Value // of a map; else the zero Value

	sent   []byte        // as it came, if it is flat
	before reflect.Value // a copy of it as it came, otherwise: a slice or a map
}

// span is memory that a slice or a pointer refers to.
type span struct {
	base  unsafe.Pointer
	count int
	elem  reflect.Type
	known int // number of its object, counted from 1; 0: not known yet
}

func (s span) end() uintptr { return uintptr(s.base) + uintptr(s.count)*s.elem.Size() }

// ErrOverlap is in the chain of the error about memory that is of two types.
var ErrOverlap = errors.New("one points into the other")

// scan finds the memory to which a value refers.
func (g *Graph) scan(t reflect.Type, p unsafe.Pointer) {
	if shapeOf(t).flat {
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			g.scan(f.Type, unsafe.Add(p, f.Offset))
		}
	case reflect.Array:
		size := t.Elem().Size()
		for i := range t.Len() {
			g.scan(t.Elem(), unsafe.Add(p, uintptr(i)*size))
		}
	case reflect.Slice:
		header := (*sliceHeader)(p)
		elem, n := elements(t.Elem())
		g.scanMemory(span{base: header.data, count: n * header.len, elem: elem})
	case reflect.Pointer:
		elem, n := elements(t.Elem())
		if target := *(*unsafe.Pointer)(p); target != nil {
			g.scanMemory(span{base: target, count: n, elem: elem})
		}
	case reflect.Map:
		g.scanMap(reflect.NewAt(t, p).Elem())
	}
}

// sliceHeader is a slice as it is in memory.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

func (g *Graph) scanMemory(s span) {
	if s.count == 0 || s.elem.Size() == 0 || g.seen[s] {
		return
	}
	g.see(s)
	g.found = append(g.found, s)
	if shapeOf(s.elem).flat {
		return
	}
	for i := range s.count {
		g.scan(s.elem, unsafe.Add(s.base, uintptr(i)*s.elem.Size()))
	}
}

func (g *Graph) see(s span) {
	if g.seen == nil {
		g.seen = map[span]bool{}
	}
	g.seen[s] = true
}

func (g *Graph) scanMap(m reflect.Value) {
	key := span{base: m.UnsafePointer(), elem: m.Type()}
	if m.IsNil() || g.seen[key] {
		return
	}
	g.see(key)
	flatKey, flatElem := shapeOf(m.Type().Key()).flat, shapeOf(m.Type().Elem()).flat
	for it := m.MapRange(); !(flatKey && flatElem) && it.Next(); {
		if !flatKey {
			k := addressable(it.Key())
			g.scan(k.Type(), k.Addr().UnsafePointer())
		}
		if !flatElem {
			v := addressable(it.Value())
			g.scan(v.Type(), v.Addr().UnsafePointer())
		}
	}
}

// addressable copies a value to where it has an address.
func addressable(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	return out
}

// merge joins what was found: memory that overlaps is one object.
func (g *Graph) merge() error {
	for i, o := range g.objects {
		if !o.asMap.IsValid() && o.count > 0 {
			g.found = append(g.found, span{o.base, o.count, o.elem, i + 1})
		}
	}
	slices.SortFunc(g.found, func(a, b span) int {
		return cmp.Or(cmp.Compare(uintptr(a.base), uintptr(b.base)), cmp.Compare(b.known, a.known), cmp.Compare(b.count, a.count))
	})
	var out []span
	for _, s := range g.found {
		if n := len(out); n > 0 && uintptr(s.base) < out[n-1].end() {
			if err := out[n-1].join(s); err != nil {
				return err
			}
			continue
		}
		out = append(out, s)
	}
	g.found = out
	return nil
}

// join takes memory into a span that begins before it and overlaps it.
func (s *span) join(other span) error {
	size := s.elem.Size()
	apart := uintptr(other.base) - uintptr(s.base)
	if !sameType(s.elem, other.elem) || apart%size != 0 || s.known != 0 && other.known != 0 {
		return fmt.Errorf("memory of %s and of %s: %w", s.elem, other.elem, ErrOverlap)
	}
	end := int(apart/size) + other.count
	if end > s.count {
		if s.known != 0 {
			return fmt.Errorf("memory beyond an argument of %s: %w", s.elem, ErrOverlap)
		}
		s.count = end
	}
	if other.known != 0 {
		if apart != 0 || other.count < s.count {
			return fmt.Errorf("memory around an argument of %s: %w", s.elem, ErrOverlap)
		}
		s.known = other.known
	}
	return nil
}

// sameType tells whether two types are laid out alike, as those of a pointer are
// before and after a conversion.
func sameType(a, b reflect.Type) bool {
	return a == b || a.Kind() == b.Kind() && shapeOf(a).text == shapeOf(b).text
}

// find returns the span in which an address lies; nil if it was not found.
func (g *Graph) find(p unsafe.Pointer) *span {
	i, exact := slices.BinarySearchFunc(g.found, uintptr(p), func(s span, at uintptr) int {
		switch {
		case uintptr(s.base) < at:
			return -1
		case uintptr(s.base) > at:
			return 1
		}
		return 0
	})
	if !exact {
		i--
	}
	if i < 0 || uintptr(p) >= g.found[i].end() {
		return nil
	}
	return &g.found[i]
}

// number returns the number of the map m, and whether it is new.
func (g *Graph) number(m reflect.Value) (n int, fresh bool) {
	if n, known := g.maps[m.UnsafePointer()]; known {
		return n, false
	}
	return g.addMap(m), true
}

func (g *Graph) addMap(m reflect.Value) int {
	if g.maps == nil {
		g.maps = map[unsafe.Pointer]int{}
	}
	g.maps[m.UnsafePointer()] = len(g.objects)
	g.objects = append(g.objects, object{asMap: m})
	return len(g.objects) - 1
}
