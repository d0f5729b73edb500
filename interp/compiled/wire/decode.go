package wire

import (
	"encoding/binary"
	"errors"
	"reflect"
	"unsafe"
)

// ErrCorrupt is the error of a message that is not one.
var ErrCorrupt = errors.New("wire: message is corrupt")

// decoder reads a message.
type decoder struct {
	g    *Graph
	in   []byte
	next int // first object of this message
	keep bool
}

// Decode reads values that Encode has written into the variables to which pointers
// point, zero so far, and notes how their memory came. It keeps parts of message.
func (g *Graph) Decode(message []byte, pointers []reflect.Value) (err error) {
	d := decoder{g: g, in: message, next: len(g.objects), keep: true}
	defer recoverCorrupt(&err)
	for _, p := range pointers {
		d.value(p.Type().Elem(), p.UnsafePointer())
	}
	d.contents()
	d.end()
	for i := range g.objects {
		g.objects[i].copy()
	}
	return nil
}

// DecodeReply reads what EncodeReply has written: changes into the memory of the
// arguments that Encode has sent, results into the variables to which pointers
// point.
func (g *Graph) DecodeReply(message []byte, pointers []reflect.Value) (err error) {
	d := decoder{g: g, in: message, next: len(g.objects)}
	defer recoverCorrupt(&err)
	for i := range d.next {
		if o := g.objects[i]; o.asMap.IsValid() {
			d.mapChanges(o.asMap)
		} else {
			d.changes(&o)
		}
	}
	for _, p := range pointers {
		d.value(p.Type().Elem(), p.UnsafePointer())
	}
	d.contents()
	d.end()
	return nil
}

// copy keeps an object as it came, to find out later what changed.
func (o *object) copy() {
	switch {
	case o.asMap.IsValid():
		o.before = reflect.MakeMapWithSize(o.asMap.Type(), o.asMap.Len())
		for it := o.asMap.MapRange(); it.Next(); {
			o.before.SetMapIndex(it.Key(), it.Value())
		}
	case o.sent == nil && o.count > 0:
		o.before = reflect.MakeSlice(reflect.SliceOf(o.elem), o.count, o.count)
		reflect.Copy(o.before, reflect.SliceAt(o.elem, o.base, o.count))
	}
}

type corrupt struct{}

func recoverCorrupt(err *error) {
	switch v := recover(); v.(type) {
	case nil:
	case corrupt:
		*err = ErrCorrupt
	default:
		panic(v)
	}
}

func (d *decoder) require(ok bool) {
	if !ok {
		panic(corrupt{})
	}
}

func (d *decoder) end() { d.require(len(d.in) == 0) }

func (d *decoder) uint64() uint64 {
	n, size := binary.Uvarint(d.in)
	d.require(size > 0)
	d.in = d.in[size:]
	return n
}

// uint reads a number of things; most bounds it.
func (d *decoder) uint(most int) int {
	n := d.uint64()
	d.require(n <= uint64(max(most, 0)))
	return int(n)
}

func (d *decoder) byte() byte { return d.bytes(1)[0] }

func (d *decoder) bytes(n int) []byte {
	d.require(n >= 0 && n <= len(d.in))
	b := d.in[:n]
	d.in = d.in[n:]
	return b
}

func (d *decoder) text() string { return string(d.bytes(d.uint(len(d.in)))) }

// value reads a value of a type into a place.
func (d *decoder) value(t reflect.Type, p unsafe.Pointer) {
	if shapeOf(t).flat {
		copy(unsafe.Slice((*byte)(p), t.Size()), d.bytes(int(t.Size())))
		return
	}
	switch t.Kind() {
	case reflect.String:
		*(*string)(p) = d.text()
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			d.value(f.Type, unsafe.Add(p, f.Offset))
		}
	case reflect.Array:
		for i := range t.Len() {
			d.value(t.Elem(), unsafe.Add(p, uintptr(i)*t.Elem().Size()))
		}
	case reflect.Slice:
		d.slice(reflect.NewAt(t, p).Elem())
	case reflect.Pointer:
		d.pointer(reflect.NewAt(t, p).Elem())
	case reflect.Map:
		d.mapOf(reflect.NewAt(t, p).Elem())
	case reflect.Interface:
		d.error(reflect.NewAt(t, p).Elem())
	default:
		d.require(false)
	}
}

// most bounds the length of what takes no bytes, such as a slice of empty structs.
const most = 1 << 40

func (d *decoder) slice(v reflect.Value) {
	elem, n := elements(v.Type().Elem())
	switch d.byte() {
	case markNil:
		v.SetZero()
	case markEmpty:
		length := d.uint(most)
		d.require(length == 0 || n == 0 || elem.Size() == 0)
		v.Set(reflect.MakeSlice(v.Type(), length, length))
	case markReference:
		d.require(n > 0 && elem.Size() > 0)
		p, rest := d.reference(elem)
		length := d.uint(rest / n)
		capacity := d.uint(rest / n)
		d.require(length > 0 && length <= capacity)
		all := reflect.SliceAt(v.Type().Elem(), p, capacity)
		v.Set(all.Slice3(0, length, capacity).Convert(v.Type()))
	default:
		d.require(false)
	}
}

func (d *decoder) pointer(v reflect.Value) {
	elem, n := elements(v.Type().Elem())
	switch d.byte() {
	case markNil:
		v.SetZero()
	case markEmpty:
		d.require(n == 0 || elem.Size() == 0)
		v.Set(reflect.New(v.Type().Elem()).Convert(v.Type()))
	case markReference:
		d.require(n > 0 && elem.Size() > 0)
		p, rest := d.reference(elem)
		d.require(rest >= n)
		v.Set(reflect.NewAt(v.Type().Elem(), p).Convert(v.Type()))
	default:
		d.require(false)
	}
}

// reference reads where in which object something lies, and how many elements the
// object has from there on.
func (d *decoder) reference(elem reflect.Type) (unsafe.Pointer, int) {
	n := d.uint(len(d.g.objects))
	if n == len(d.g.objects) {
		d.allocate(elem)
	}
	o := &d.g.objects[n]
	d.require(!o.asMap.IsValid() && sameType(o.elem, elem))
	at := d.uint(o.count - 1)
	return o.at(at), o.count - at
}

// allocate makes a new object. What it will hold takes bytes of the message.
func (d *decoder) allocate(elem reflect.Type) {
	least := 1
	if shapeOf(elem).flat {
		least = int(elem.Size())
	}
	count := d.uint(len(d.in) / least)
	d.require(count > 0)
	memory := reflect.MakeSlice(reflect.SliceOf(elem), count, count)
	d.g.objects = append(d.g.objects, object{base: memory.UnsafePointer(), count: count, elem: elem})
}

func (d *decoder) mapOf(v reflect.Value) {
	switch d.byte() {
	case markNil:
		v.SetZero()
	case markReference:
		n := d.uint(len(d.g.objects))
		if n == len(d.g.objects) {
			d.g.addMap(reflect.MakeMap(v.Type()))
		}
		m := d.g.objects[n].asMap
		d.require(m.IsValid() && m.Type().ConvertibleTo(v.Type()))
		v.Set(m.Convert(v.Type()))
	default:
		d.require(false)
	}
}

func (d *decoder) error(v reflect.Value) {
	d.require(v.Type() == errorType)
	switch d.byte() {
	case markNil:
		v.SetZero()
	case markReference:
		text := d.text()
		v.Set(reflect.ValueOf(errorOf(text, d.uint64())))
	default:
		d.require(false)
	}
}

// contents reads the objects that are new in this message.
func (d *decoder) contents() {
	for ; d.next < len(d.g.objects); d.next++ {
		o := d.g.objects[d.next]
		if o.asMap.IsValid() {
			d.entries(o.asMap)
			continue
		}
		if shapeOf(o.elem).flat {
			sent := d.bytes(len(o.raw(0, o.count)))
			copy(o.raw(0, o.count), sent)
			if d.keep {
				d.g.objects[d.next].sent = sent
			}
			continue
		}
		d.elements(&o, 0, o.count)
	}
}

func (d *decoder) elements(o *object, from, count int) {
	if shapeOf(o.elem).flat {
		raw := o.raw(from, count)
		copy(raw, d.bytes(len(raw)))
		return
	}
	for i := range count {
		d.value(o.elem, o.at(from+i))
	}
}

// entries reads entries of a map.
func (d *decoder) entries(m reflect.Value) {
	for range d.uint(max(1, len(d.in))) {
		k, v := d.variable(m.Type().Key()), reflect.New(m.Type().Elem()).Elem()
		d.value(v.Type(), v.Addr().UnsafePointer())
		m.SetMapIndex(k, v)
	}
}

// variable reads a value into a variable of its own.
func (d *decoder) variable(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	d.value(t, v.Addr().UnsafePointer())
	return v
}

// changes reads the runs of elements of an object that have changed.
func (d *decoder) changes(o *object) {
	at := 0
	for {
		count := d.uint(o.count - at)
		if count == 0 {
			return
		}
		at += d.uint(o.count - at - count)
		d.elements(o, at, count)
		at += count
	}
}

func (d *decoder) mapChanges(m reflect.Value) {
	for range d.uint(max(1, len(d.in))) {
		m.SetMapIndex(d.variable(m.Type().Key()), reflect.Value{})
	}
	d.entries(m)
}
