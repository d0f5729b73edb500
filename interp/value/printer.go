package value

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
	"sync"

	"crossbook/interp/naming"
)

// What fmt prints of the session's types it would print as it finds them at run
// time: structs without a name, fields under other names, no methods below the
// first level. The session's fmt functions print them as Go does.

// Printer knows the methods by which values of the session's types are printed.
type Printer struct {
	mu      sync.Mutex
	texts   map[string]func(any) string // String or Error, by the tag of the type; * before that of a pointer
	methods sync.Map                    // others of the session's types: see AddMethod
	shapes  sync.Map                    // of the types that yaegi does not tell from others, by key; of structs with fields of such types, by tag
}

// Register notes a String or Error method.
func (p *Printer) Register(tag string, text func(any) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.texts == nil {
		p.texts = map[string]func(any) string{}
	}
	p.texts[tag] = text
}

// text returns the method that prints values of a type, nil if there is none.
func (p *Printer) text(t reflect.Type) func(any) string {
	if t == nil {
		return nil
	}
	prefix := ""
	if t.Kind() == reflect.Pointer {
		prefix, t = "*", t.Elem()
	}
	return p.textOf(prefix, typeTag(t))
}

// textOf is text for a tag; the prefix * is for a pointer.
func (p *Printer) textOf(prefix, tag string) func(any) string {
	if tag == "" {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.texts[prefix+tag]; f != nil || prefix == "" {
		return f
	}
	if f := p.texts[tag]; f != nil { // of the value that it points to
		return func(v any) string { return f(reflect.ValueOf(v).Elem().Interface()) }
	}
	return nil
}

// typeTag returns what marks the struct of a named type; "" for others.
func typeTag(t reflect.Type) string {
	if t.Kind() != reflect.Struct || t.NumField() == 0 {
		return ""
	}
	return t.Field(0).Tag.Get("cell")
}

// Args prepares what is printed.
func (p *Printer) Args(list []any) []any {
	if predeclared(list) {
		return list
	}
	out := p.prepared(list)
	for i, a := range list {
		if b, ok := unboxed(Plain(a)); ok && reflect.ValueOf(b.Value).Kind() == reflect.String {
			out[i] = fmt.Sprint(b) // text, beside which fmt puts no space
		}
	}
	return out
}

// prepared is Args for a format.
func (p *Printer) prepared(list []any) []any {
	if predeclared(list) {
		return list
	}
	out := make([]any, len(list))
	for i, a := range list {
		out[i] = a
		v := Plain(a)
		if _, isError := v.(error); isError { // prints itself, and may be wrapped
			continue
		}
		if _, formats := v.(fmt.Formatter); formats {
			continue
		}
		if inner, ok := Wrapped(v); ok && inner != nil {
			if _, isBox := unboxed(inner); isBox || p.text(reflect.TypeOf(inner)) != nil {
				v = inner
			}
		}
		if v != nil && ownType(reflect.TypeOf(v), map[reflect.Type]bool{}) {
			out[i] = printedAs{reflect.ValueOf(v), p}
		}
	}
	return out
}

// predeclared tells whether all values are of types that every Go program has, which
// are printed as they are: most of what a loop prints.
func predeclared(list []any) bool {
	for _, v := range list {
		switch v.(type) {
		case string, int, float64, bool, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, uintptr, float32, complex64, complex128:
		default:
			return false
		}
	}
	return true
}

// ownType tells whether values of a type may hold one of the session's types.
func ownType(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Struct:
		if typeTag(t) != "" || t.String() == "interp.valueInterface" {
			return true
		}
		if t.Name() != "" { // compiled
			return false
		}
		for i := range t.NumField() {
			if hidden(t.Field(i)) || ownType(t.Field(i).Type, seen) {
				return true
			}
		}
	case reflect.Slice, reflect.Array, reflect.Pointer:
		return t.Name() == "" && (ownType(t.Elem(), seen) || t.Elem().Kind() == reflect.Interface)
	case reflect.Map:
		return t.Name() == "" && (ownType(t.Elem(), seen) || ownType(t.Key(), seen) || t.Elem().Kind() == reflect.Interface)
	}
	return false
}

// Form replaces %T, which fmt answers itself, by the name of the type as text.
func (p *Printer) Form(format string, args []any) (string, []any) {
	verbs := Verbs(format)
	if !strings.Contains(verbs, "T") {
		return format, args
	}
	for i := range min(len(verbs), len(args)) {
		if verbs[i] != 'T' {
			continue
		}
		if v := p.Identified(args[i]); v != nil {
			args[i] = plainTypes(reflect.TypeOf(v).String())
		} else {
			args[i] = "<nil>"
		}
	}
	return strings.ReplaceAll(format, "%T", "%s"), args
}

// FormatArgs is args for a format; fmt answers %p itself too.
func (p *Printer) FormatArgs(format string, list []any) []any {
	verbs := Verbs(format)
	out := p.prepared(list)
	for i := range min(len(verbs), len(list)) {
		if verbs[i] == 'p' {
			out[i] = list[i]
		}
	}
	if strings.Contains(format, "#v") && !strings.Contains(verbs, "w") {
		p.bare(out, list)
	}
	return out
}

// bare prepares errors whose syntax is wanted: that of the session's value, not of what
// makes it an error for compiled code.
func (p *Printer) bare(out, list []any) {
	for i, a := range list {
		if _, isError := Plain(a).(error); !isError {
			continue
		}
		if v := p.Identified(a); v != nil && ownType(reflect.TypeOf(v), map[reflect.Type]bool{}) {
			out[i] = printedAs{reflect.ValueOf(v), p}
		}
	}
}

// printedAs prints a value that may hold the session's types.
type printedAs struct {
	v reflect.Value
	p *Printer
}

// Format satisfies fmt.Formatter.
func (s printedAs) Format(f fmt.State, verb rune) {
	w := writer{State: f, p: s.p, verb: verb, form: fmt.FormatString(f, verb)}
	w.value(s.v, nil, 0)
}

// writer prints one value with one verb.
type writer struct {
	fmt.State
	p    *Printer
	verb rune
	form string

	unexported bool // inside a field that is not: fmt calls no methods there
}

func (w writer) text(s string) { _, _ = w.Write([]byte(s)) }

// syntax tells whether the verb is %#v.
func (w writer) syntax() bool { return w.verb == 'v' && w.Flag('#') }

// value prints a value; s is its shape, if it has one.
func (w writer) value(v reflect.Value, s *Shape, depth int) {
	static := "interface {}"
	if v.Kind() == reflect.Interface {
		static = v.Type().String()
	}
	for v.Kind() == reflect.Interface || v.IsValid() && v.CanInterface() && v.Type().String() == "interp.valueInterface" {
		v = reflect.ValueOf(w.p.Identified(v.Interface()))
	}
	if v.IsValid() && v.CanInterface() {
		if b, ok := unboxed(v.Interface()); ok {
			v, s = reflect.ValueOf(b.Value), b.shape
		}
	}
	switch {
	case v.IsValid():
	case w.syntax() && depth > 0:
		w.text(static + "(nil)")
		return
	default:
		w.text("<nil>")
		return
	}
	if w.method(v, s) {
		return
	}
	if inner, shape, ok := w.p.recursive(v); ok {
		v, s = inner, shape
	}
	var elem *Shape
	if s != nil {
		elem = s.Elem
	}
	switch v.Kind() {
	case reflect.Struct:
		if v.Type().Name() != "" { // compiled, and may have methods
			break
		}
		w.structure(v, s, depth)
		return
	case reflect.Slice, reflect.Array:
		bytes := v.Type().Elem().Kind() == reflect.Uint8 && (elem == nil || strings.ContainsRune("sqxX", w.verb))
		if bytes || s == nil && !ownType(v.Type(), map[reflect.Type]bool{}) {
			break
		}
		w.list(v, s, depth)
		return
	case reflect.Map:
		if s != nil || ownType(v.Type(), map[reflect.Type]bool{}) {
			w.table(v, s, depth)
			return
		}
	case reflect.Pointer:
		if k := v.Type().Elem().Kind(); depth == 0 && !v.IsNil() && (k == reflect.Struct || k == reflect.Slice || k == reflect.Map || k == reflect.Array) {
			w.text("&")
			w.value(v.Elem(), elem, depth+1)
			return
		}
	}
	if w.unexported && v.NumMethod() > 0 {
		w.withoutMethods(v.Interface())
		return
	}
	fmt.Fprintf(w, w.form, v.Interface())
}

// withoutMethods prints a value as fmt does that of a field that is not exported: as one.
func (w writer) withoutMethods(x any) {
	before := "{"
	switch {
	case w.syntax():
		before = "struct { v interface {} }{v:"
	case w.verb == 'v' && w.Flag('+'):
		before = "{v:"
	}
	text := fmt.Sprintf(w.form, struct{ v any }{x})
	w.text(strings.TrimSuffix(strings.TrimPrefix(text, before), "}"))
}

// method prints a value by its own method, if it has one.
func (w writer) method(v reflect.Value, s *Shape) bool {
	if w.unexported {
		return false
	}
	if f, self := w.p.methodOf(v, s, "Format"); f != nil {
		f.(func(any, fmt.State, rune))(self, w.State, w.verb)
		return true
	}
	if f, self := w.p.methodOf(v, s, "GoString"); f != nil && w.syntax() {
		w.text(f.(func(any) string)(self))
		return true
	}
	if w.syntax() || !strings.ContainsRune("vsxXq", w.verb) {
		return false
	}
	text := w.p.text(v.Type())
	switch {
	case s == nil:
	case s.Tag != "":
		text = w.p.textOf("", s.Tag)
	case v.Kind() == reflect.Pointer && s.Elem != nil:
		text = w.p.textOf("*", s.Elem.Tag)
	}
	if text == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return false
	}
	fmt.Fprintf(w, w.form, text(v.Interface()))
	return true
}

func (w writer) typeName(t reflect.Type, s *Shape) {
	switch {
	case !w.syntax():
	case s != nil && s.title != "":
		w.text(s.title)
	default:
		w.text(plainTypes(t.String()))
	}
}

func (w writer) structure(v reflect.Value, s *Shape, depth int) {
	w.typeName(v.Type(), s)
	if s == nil {
		s = w.p.ShapeOf(typeTag(v.Type()))
	}
	w.text("{")
	for i, first := 0, true; i < v.NumField(); i++ {
		f := v.Type().Field(i)
		if strings.HasPrefix(f.Name, "Empty__") {
			continue
		}
		if !first {
			w.separate()
		}
		first = false
		if w.Flag('+') || w.Flag('#') {
			w.text(fieldTitle(f) + ":")
		}
		var field *Shape
		if s != nil {
			field = s.Fields[i]
		}
		inside := w
		inside.unexported = w.unexported || hidden(f)
		inside.value(v.Field(i), field, depth+1)
	}
	w.text("}")
}

// fieldTitle is the name of a field as the cell has it.
func fieldTitle(f reflect.StructField) string {
	if name, embedded := f.Tag.Lookup(naming.EmbedKey); embedded {
		name, _, _ = strings.Cut(naming.PlainMarks(name), "[") // of a generic type, without its arguments
		return name
	}
	name := naming.PlainMarks(f.Name)
	if hidden(f) {
		name = strings.TrimPrefix(name, "X")
	}
	return name
}

// hidden tells whether a field is one that is not exported, which yaegi exports.
func hidden(f reflect.StructField) bool {
	return f.Tag.Get("json") == "-" && f.Tag.Get("xml") == "-"
}

func (w writer) separate() {
	if w.syntax() {
		w.text(", ")
	} else {
		w.text(" ")
	}
}

func (w writer) list(v reflect.Value, s *Shape, depth int) {
	open, end := "[", "]"
	if w.syntax() {
		open, end = "{", "}"
	}
	w.typeName(v.Type(), s)
	var elem *Shape
	if s != nil {
		elem = s.Elem
	}
	if w.syntax() && v.Kind() == reflect.Slice && v.IsNil() {
		w.text("(nil)")
		return
	}
	w.text(open)
	for i := range v.Len() {
		if i > 0 {
			w.separate()
		}
		w.value(v.Index(i), elem, depth+1)
	}
	w.text(end)
}

func (w writer) table(v reflect.Value, s *Shape, depth int) {
	open, end := "map[", "]"
	if w.syntax() {
		open, end = "{", "}"
	}
	w.typeName(v.Type(), s)
	var key, elem *Shape
	if s != nil {
		key, elem = s.Key, s.Elem
	}
	if w.syntax() && v.IsNil() {
		w.text("(nil)")
		return
	}
	w.text(open)
	keys := v.MapKeys()
	sort.SliceStable(keys, func(i, j int) bool { return lessKey(keys[i], keys[j]) })
	for i, k := range keys {
		if i > 0 {
			w.separate()
		}
		w.value(k, key, depth+1)
		w.text(":")
		w.value(v.MapIndex(k), elem, depth+1)
	}
	w.text(end)
}

// lessKey orders keys as fmt does, as far as it orders them.
func lessKey(a, b reflect.Value) bool {
	switch {
	case a.Kind() != b.Kind():
		return a.Kind() < b.Kind()
	case a.CanInt():
		return a.Int() < b.Int()
	case a.CanUint():
		return a.Uint() < b.Uint()
	case a.CanFloat():
		return a.Float() < b.Float()
	case a.Kind() == reflect.String:
		return a.String() < b.String()
	case a.Kind() == reflect.Bool:
		return !a.Bool() && b.Bool()
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			if lessKey(a.Field(i), b.Field(i)) != lessKey(b.Field(i), a.Field(i)) {
				return lessKey(a.Field(i), b.Field(i))
			}
		}
	}
	return false
}

// Verbs returns the verb of each argument of a format, * for one that is a
// width; "" where the format numbers its arguments.
func Verbs(format string) string {
	if strings.Contains(format, "[") {
		return ""
	}
	var verbs strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.*", format[i]) >= 0; i++ {
			if format[i] == '*' {
				verbs.WriteByte('*')
			}
		}
		if i < len(format) && format[i] != '%' {
			verbs.WriteByte(format[i])
		}
	}
	return verbs.String()
}
