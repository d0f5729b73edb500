package wire

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"reflect"
	"unsafe"
)

// encoder writes a message.
type encoder struct {
	g    *Graph
	buf  []byte
	done [][]byte // parts before buf
	next int      // first object of this message
	err  error
}

// large is from how many bytes on memory is not copied into the message but
// written from where it is.
const large = 1 << 14

// Encode writes the values to which pointers point, and all that they refer to,
// in parts. The parts may be the memory of the values: they are good until that
// changes.
func (g *Graph) Encode(pointers []reflect.Value) ([][]byte, error) {
	for _, p := range pointers {
		g.scan(p.Type().Elem(), p.UnsafePointer())
	}
	if err := g.merge(); err != nil {
		return nil, err
	}
	e := encoder{g: g, next: len(g.objects)}
	for _, p := range pointers {
		e.value(p.Type().Elem(), p.UnsafePointer())
	}
	e.contents()
	return e.finish()
}

// EncodeReply writes what has changed in the memory that came with a call, and the
// results to which pointers point.
func (g *Graph) EncodeReply(pointers []reflect.Value) ([][]byte, error) {
	came := g.objects
	g.found, g.seen = nil, nil
	for i := range came {
		g.scanObject(&came[i])
	}
	for _, p := range pointers {
		g.scan(p.Type().Elem(), p.UnsafePointer())
	}
	if err := g.merge(); err != nil {
		return nil, err
	}
	e := encoder{g: g, next: len(g.objects)}
	for i := range came {
		if o := &came[i]; o.asMap.IsValid() {
			e.mapChanges(o)
		} else {
			e.changes(o)
		}
	}
	for _, p := range pointers {
		e.value(p.Type().Elem(), p.UnsafePointer())
	}
	e.contents()
	return e.finish()
}

// scanObject finds what an object that came with a call refers to by now.
func (g *Graph) scanObject(o *object) {
	switch {
	case o.asMap.IsValid():
		g.scanMap(o.asMap)
	case !shapeOf(o.elem).flat:
		for i := range o.count {
			g.scan(o.elem, o.at(i))
		}
	}
}

func (o *object) at(i int) unsafe.Pointer { return unsafe.Add(o.base, uintptr(i)*o.elem.Size()) }

// raw is the bytes of count elements from the i-th on.
func (o *object) raw(i, count int) []byte {
	return unsafe.Slice((*byte)(o.at(i)), uintptr(count)*o.elem.Size())
}

func (e *encoder) finish() ([][]byte, error) { return append(e.done, e.buf), e.err }

func (e *encoder) uint(n int) { e.buf = binary.AppendUvarint(e.buf, uint64(n)) }

// bytes writes memory, from where it is if it is much.
func (e *encoder) bytes(b []byte) {
	if len(b) < large {
		e.buf = append(e.buf, b...)
		return
	}
	e.done = append(e.done, e.buf, b)
	e.buf = nil
}

func (e *encoder) text(s string) {
	e.uint(len(s))
	e.bytes(unsafe.Slice(unsafe.StringData(s), len(s)))
}

// Marks before what refers to memory.
const (
	markNil = iota
	markEmpty
	markReference
)

// value writes the value of a type at a place.
func (e *encoder) value(t reflect.Type, p unsafe.Pointer) {
	if shapeOf(t).flat {
		e.bytes(unsafe.Slice((*byte)(p), t.Size()))
		return
	}
	switch t.Kind() {
	case reflect.String:
		e.text(*(*string)(p))
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			e.value(f.Type, unsafe.Add(p, f.Offset))
		}
	case reflect.Array:
		for i := range t.Len() {
			e.value(t.Elem(), unsafe.Add(p, uintptr(i)*t.Elem().Size()))
		}
	case reflect.Slice:
		e.slice(t, (*sliceHeader)(p))
	case reflect.Pointer:
		e.pointer(t, *(*unsafe.Pointer)(p))
	case reflect.Map:
		e.mapOf(reflect.NewAt(t, p).Elem())
	case reflect.Interface:
		e.error(reflect.NewAt(t, p).Elem())
	default:
		e.fail(fmt.Errorf("wire: %s cannot cross", t))
	}
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encoder) slice(t reflect.Type, h *sliceHeader) {
	elem, n := elements(t.Elem())
	switch {
	case h.data == nil:
		e.buf = append(e.buf, markNil)
	case h.len == 0 || n == 0 || elem.Size() == 0:
		e.buf = append(e.buf, markEmpty)
		e.uint(h.len)
	default:
		e.buf = append(e.buf, markReference)
		rest := e.reference(h.data, elem)
		e.uint(h.len)
		e.uint(max(h.len, min(h.cap, rest/n)))
	}
}

func (e *encoder) pointer(t reflect.Type, target unsafe.Pointer) {
	elem, n := elements(t.Elem())
	switch {
	case target == nil:
		e.buf = append(e.buf, markNil)
	case n == 0 || elem.Size() == 0:
		e.buf = append(e.buf, markEmpty)
	default:
		e.buf = append(e.buf, markReference)
		e.reference(target, elem)
	}
}

// reference writes which object an address lies in and where, and returns how many
// elements the object has from there on.
func (e *encoder) reference(p unsafe.Pointer, elem reflect.Type) int {
	s := e.g.find(p)
	if s == nil || !sameType(s.elem, elem) {
		e.fail(fmt.Errorf("wire: memory of %s changed while it was sent", elem))
		return 0
	}
	if s.known == 0 {
		e.g.objects = append(e.g.objects, object{base: s.base, count: s.count, elem: s.elem})
		s.known = len(e.g.objects)
		e.uint(s.known - 1)
		e.uint(s.count)
	} else {
		e.uint(s.known - 1)
	}
	at := int((uintptr(p) - uintptr(s.base)) / elem.Size())
	e.uint(at)
	return s.count - at
}

func (e *encoder) mapOf(m reflect.Value) {
	if m.IsNil() {
		e.buf = append(e.buf, markNil)
		return
	}
	e.buf = append(e.buf, markReference)
	n, _ := e.g.number(m)
	e.uint(n)
}

func (e *encoder) error(v reflect.Value) {
	if v.IsNil() {
		e.buf = append(e.buf, markNil)
		return
	}
	err, ok := v.Interface().(error)
	if !ok {
		e.fail(fmt.Errorf("wire: %s cannot cross", v.Type()))
		return
	}
	e.buf = append(e.buf, markReference)
	e.text(err.Error())
	e.buf = binary.AppendUvarint(e.buf, sentinels(err))
}

// contents writes the objects that are new in this message; they may refer to more.
func (e *encoder) contents() {
	for ; e.next < len(e.g.objects); e.next++ {
		o := e.g.objects[e.next]
		if o.asMap.IsValid() {
			e.uint(o.asMap.Len())
			for it := o.asMap.MapRange(); it.Next(); {
				e.entry(it.Key(), it.Value())
			}
			continue
		}
		e.elements(&o, 0, o.count)
	}
}

func (e *encoder) elements(o *object, from, count int) {
	if shapeOf(o.elem).flat {
		e.bytes(o.raw(from, count))
		return
	}
	for i := range count {
		e.value(o.elem, o.at(from+i))
	}
}

func (e *encoder) entry(k, v reflect.Value) {
	k, v = addressable(k), addressable(v)
	e.value(k.Type(), k.Addr().UnsafePointer())
	e.value(v.Type(), v.Addr().UnsafePointer())
}

// changes writes the runs of elements of an object whose bits are not those that
// came: how far each begins behind the one before, its length, its elements; a
// length of 0 ends them.
func (e *encoder) changes(o *object) {
	before := o.sent
	if before == nil && o.before.IsValid() {
		before = unsafe.Slice((*byte)(o.before.UnsafePointer()), uintptr(o.count)*o.elem.Size())
	}
	at := 0
	for {
		from, count := nextRun(before, o.raw(0, o.count), at, int(o.elem.Size()))
		if count == 0 {
			break
		}
		e.uint(count)
		e.uint(from - at)
		e.elements(o, from, count)
		at = from + count
	}
	e.uint(0)
}

// nextRun finds the next elements that differ, from the at-th on.
func nextRun(before, now []byte, at, size int) (from, count int) {
	const page = 4096
	step := max(1, page/size)
	n := len(now) / size
	for at < n {
		end := min(n, at+step)
		if bytes.Equal(before[at*size:end*size], now[at*size:end*size]) {
			at = end
			continue
		}
		for bytes.Equal(before[at*size:(at+1)*size], now[at*size:(at+1)*size]) {
			at++
		}
		from = at
		for at < n && !bytes.Equal(before[at*size:(at+1)*size], now[at*size:(at+1)*size]) {
			at++
		}
		return from, at - from
	}
	return n, 0
}

// mapChanges writes the keys that went and the entries that came or changed. Keys
// that equal nothing, not even themselves, are passed over.
func (e *encoder) mapChanges(o *object) {
	var gone, changed [][2]reflect.Value
	for it := o.before.MapRange(); it.Next(); {
		if k := it.Key(); k.Equal(k) && !o.asMap.MapIndex(k).IsValid() {
			gone = append(gone, [2]reflect.Value{k})
		}
	}
	for it := o.asMap.MapRange(); it.Next(); {
		k, v := it.Key(), it.Value()
		if old := o.before.MapIndex(k); k.Equal(k) && (!old.IsValid() || !sameBits(old, v)) {
			changed = append(changed, [2]reflect.Value{k, v})
		}
	}
	e.uint(len(gone))
	for _, g := range gone {
		k := addressable(g[0])
		e.value(k.Type(), k.Addr().UnsafePointer())
	}
	e.uint(len(changed))
	for _, c := range changed {
		e.entry(c[0], c[1])
	}
}

func sameBits(a, b reflect.Value) bool {
	a, b = addressable(a), addressable(b)
	size := a.Type().Size()
	return bytes.Equal(unsafe.Slice((*byte)(a.Addr().UnsafePointer()), size), unsafe.Slice((*byte)(b.Addr().UnsafePointer()), size))
}
