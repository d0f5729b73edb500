package run

import (
	"reflect"
	"unsafe"

	"crossbook/interp/packages"
	"crossbook/interp/value"

	"github.com/traefik/yaegi/interp"
	yaegiunsafe "github.com/traefik/yaegi/stdlib/unsafe"
)

// unsafeExports returns what the interpreter needs for unsafe.Pointer.
func unsafeExports() interp.Exports {
	const own = "github.com/traefik/yaegi/yaegi"
	return interp.Exports{
		packages.Unsafe + "/symbols": {"Pointer": reflect.ValueOf((*unsafe.Pointer)(nil))},
		own:                          yaegiunsafe.Symbols[own],
	}
}

// unsafeFunctions are the functions of package unsafe for lowered code.
var unsafeFunctions = map[string]any{
	"UnsafeAdd":        func(p unsafe.Pointer, n int) unsafe.Pointer { return unsafe.Add(p, n) },
	"UnsafeString":     func(p *byte, n int) string { return unsafeString(p, n) },
	"UnsafeStringData": func(s string) *byte { return unsafe.StringData(s) },
	"UnsafeSlice":      unsafeSlice,
	"UnsafeSliceData":  unsafeSliceData,
}

func unsafeString(p *byte, n int) string {
	checkUnsafe("String", unsafe.Pointer(p), n)
	return unsafe.String(p, n)
}

// unsafeSlice returns the slice of n elements at a pointer.
func unsafeSlice(pointer any, n int) any {
	p := reflect.ValueOf(value.Plain(pointer))
	checkUnsafe("Slice", p.UnsafePointer(), n)
	slice := reflect.New(reflect.SliceOf(p.Type().Elem()))
	if !p.IsNil() {
		header := (*struct {
			data     unsafe.Pointer
			len, cap int
		})(slice.UnsafePointer())
		header.data, header.len, header.cap = p.UnsafePointer(), n, n
	}
	return slice.Elem().Interface()
}

func checkUnsafe(name string, p unsafe.Pointer, n int) {
	switch {
	case n < 0:
		panic(value.GoError("unsafe." + name + ": len out of range"))
	case p == nil && n > 0:
		panic(value.GoError("unsafe." + name + ": ptr is nil and len is not zero"))
	}
}

// unsafeSliceData returns a pointer to the array of a slice.
func unsafeSliceData(slice any) any {
	s := reflect.ValueOf(value.Plain(slice))
	return reflect.NewAt(s.Type().Elem(), s.UnsafePointer()).Interface()
}
