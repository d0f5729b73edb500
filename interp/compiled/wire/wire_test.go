package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"testing"
)

// message joins the parts of a message, as the other side reads it.
func message(t testing.TB, parts [][]byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(parts...)
}

func pointers(values ...any) []reflect.Value {
	var out []reflect.Value
	for _, v := range values {
		out = append(out, reflect.ValueOf(v))
	}
	return out
}

// called is a call as both sides see it, without a process between.
func called(t testing.TB, args, results []reflect.Value, f func(args, results []reflect.Value)) {
	t.Helper()
	caller, callee := &Graph{}, &Graph{}
	parts, err := caller.Encode(args)
	there, back := fresh(args), fresh(results)
	if err := callee.Decode(message(t, parts, err), there); err != nil {
		t.Fatal(err)
	}
	f(there, back)
	parts, err = callee.EncodeReply(back)
	if err := caller.DecodeReply(message(t, parts, err), results); err != nil {
		t.Fatal(err)
	}
}

func fresh(values []reflect.Value) []reflect.Value {
	var out []reflect.Value
	for _, v := range values {
		out = append(out, reflect.New(v.Type().Elem()))
	}
	return out
}

type node struct {
	Value int
	Next  *node
	Links map[string]*node
}

type mixed struct {
	A    int8
	B    float64
	name string
	tags []string
	_    bool
	Err  error
	Sub  struct{ X, Y []complex64 }
	Arr  [2][]byte
	None struct{}
}

// TestCross sends values there and back as results.
func TestCross(t *testing.T) {
	loop := &node{Value: 1}
	loop.Next = &node{Value: 2, Next: loop, Links: map[string]*node{"first": loop}}
	m := mixed{A: -1, B: math.Inf(1), name: "ü", tags: []string{"", "x"}, Arr: [2][]byte{nil, {1}}}
	m.Sub.X = []complex64{1i}
	for _, v := range []any{
		ptr(true), ptr(uint64(math.MaxUint64)), ptr(float32(1.5)), ptr("text"), ptr(""),
		ptr([]int(nil)), ptr([]int{}), ptr([]int{1, 2}), ptr([][]float64{{1}, nil, {}, {2, 3}}), ptr([3]string{"a", "", "c"}),
		ptr(map[string][]int{"a": {1}, "b": nil}), ptr(map[[2]int]struct{}{{1, 2}: {}}), ptr(map[int]int(nil)),
		ptr(m), ptr([]mixed{m, {}, m}), ptr(&m), ptr(ptr(ptr(7))), ptr([]struct{}{{}, {}}), ptr(&struct{}{}), ptr([0]int{}), ptr([][0]int{{}, {}}),
		ptr(loop), ptr(make([]float64, 100_000)), ptr(&[3]int{1, 2, 3}), ptr(map[string]map[string]int{"a": {"b": 1}}),
	} {
		p := reflect.ValueOf(v)
		back := reflect.New(p.Type().Elem())
		called(t, []reflect.Value{p}, []reflect.Value{back}, func(args, results []reflect.Value) {
			if !reflect.DeepEqual(args[0].Interface(), v) {
				t.Errorf("%T %v arrived as %v", v, p.Elem(), args[0].Elem())
			}
			results[0].Elem().Set(args[0].Elem())
		})
		if !reflect.DeepEqual(back.Interface(), v) {
			t.Errorf("%T %v came back as %v", v, p.Elem(), back.Elem())
		}
	}
}

func ptr[T any](v T) *T { return &v }

// TestAliases keeps what is one memory one memory, on both sides and across.
func TestAliases(t *testing.T) {
	all := []int{0, 1, 2, 3, 4, 5}
	head, tail, third := all[:4], all[2:], &all[3]
	pair := map[string]int{"a": 1}
	same := pair
	var result []int
	var inside *int
	called(t, pointers(&head, &tail, &third, &pair, &same), pointers(&result, &inside), func(args, results []reflect.Value) {
		head, tail, third := *args[0].Interface().(*[]int), *args[1].Interface().(*[]int), *args[2].Interface().(**int)
		if &head[2] != &tail[0] || &head[3] != third {
			t.Error("slices that overlap do not")
		}
		tail[0], *third = 20, 30
		if head = append(head, 99); tail[2] != 99 {
			t.Error("an append did not write into the array that crossed")
		}
		if tail = append(tail, 6); &tail[0] == &head[2] {
			t.Error("an append wrote beyond what crossed")
		}
		(*args[3].Interface().(*map[string]int))["b"] = 2
		if (*args[4].Interface().(*map[string]int))["b"] != 2 {
			t.Error("one map became two")
		}
		*results[0].Interface().(*[]int) = head[3:4]
		*results[1].Interface().(**int) = &head[0]
	})
	if !slices.Equal(all, []int{0, 1, 20, 30, 99, 5}) || pair["b"] != 2 {
		t.Errorf("changed to %v, %v", all, pair)
	}
	if &result[0] != third || cap(result) != 3 {
		t.Errorf("result of capacity %d is not of the argument", cap(result))
	}
	if inside != &all[0] {
		t.Error("a pointer into an argument points elsewhere")
	}
}

// TestChangesAlone writes what a call has changed and nothing else.
func TestChangesAlone(t *testing.T) {
	x := make([]float64, 10_000)
	names := []string{"a", "b", "c"}
	counts := map[string]int{"keep": 1, "gone": 2}
	called(t, pointers(&x, &names, &counts), nil, func(args, _ []reflect.Value) {
		there := *args[0].Interface().(*[]float64)
		there[7], there[5000], there[9999] = 1, 2, 3
		(*args[1].Interface().(*[]string))[1] = "B"
		delete(*args[2].Interface().(*map[string]int), "gone")
		// Meanwhile another call changes other elements.
		x[8], names[0], counts["other"] = 9, "A", 5
	})
	if x[7] != 1 || x[8] != 9 || x[5000] != 2 || x[9999] != 3 {
		t.Errorf("numbers: %v %v %v %v", x[7], x[8], x[5000], x[9999])
	}
	if !slices.Equal(names, []string{"A", "B", "c"}) || fmt.Sprint(counts) != "map[keep:1 other:5]" {
		t.Errorf("%v %v", names, counts)
	}
}

// TestOverlapOfTypes refuses memory that is of two types.
func TestOverlapOfTypes(t *testing.T) {
	s := []node{{Value: 1}}
	field := &s[0].Value
	_, err := (&Graph{}).Encode(pointers(&s, &field))
	if !errors.Is(err, ErrOverlap) {
		t.Errorf("got %v", err)
	}
}

func TestErrors(t *testing.T) {
	for _, err := range []error{nil, io.EOF, context.Canceled, errors.New("own"), fmt.Errorf("a: %w", errors.Join(io.EOF, context.DeadlineExceeded))} {
		var back error
		called(t, pointers(&err), pointers(&back), func(args, results []reflect.Value) { results[0].Elem().Set(args[0].Elem()) })
		if err == nil {
			if back != nil {
				t.Errorf("nil became %v", back)
			}
			continue
		}
		if back.Error() != err.Error() {
			t.Errorf("%q became %q", err, back)
		}
		for _, s := range Sentinels {
			if errors.Is(err, s) != errors.Is(back, s) || (err == s) != (back == s) {
				t.Errorf("%v: is %v no longer the same", err, s)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	for _, v := range []any{make(chan int), func() {}, new(any), struct{ C []chan int }{}, map[string]any{}, map[error]int{}} {
		if Check(reflect.TypeOf(v)) == nil {
			t.Errorf("%T crosses", v)
		}
	}
	if err := Check(reflect.TypeFor[*mixed]()); err != nil {
		t.Error(err)
	}
}

// TestShape tells types that are laid out differently.
func TestShape(t *testing.T) {
	type celsius float64
	if Shape(reflect.TypeFor[celsius]()) != Shape(reflect.TypeFor[float64]()) {
		t.Error("a name makes another shape")
	}
	seen := map[string]reflect.Type{}
	for _, v := range []any{1, int8(1), "", []int{}, []int8{}, [2]int{}, [3]int{}, &node{}, node{}, struct{ A, B int8 }{}, struct {
		A int8
		B int16
	}{}, map[int]int{}, map[int]int8{}} {
		text := Shape(reflect.TypeOf(v))
		if seen[text] != nil {
			t.Errorf("%T has the shape of %v", v, seen[text])
		}
		seen[text] = reflect.TypeOf(v)
	}
}

// FuzzDecode reads messages that nobody wrote.
func FuzzDecode(f *testing.F) {
	args := pointers(&mixed{name: "a", tags: []string{"x"}}, ptr([]int{1, 2}), ptr(map[string]*node{"a": {Value: 1}}))
	parts, err := (&Graph{}).Encode(args)
	f.Add(message(f, parts, err), []byte{0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, there, back []byte) {
		g := &Graph{}
		if g.Decode(there, fresh(args)) == nil {
			parts, err := g.EncodeReply(nil)
			if err == nil && len(slices.Concat(parts...)) == 0 && len(g.objects) > 0 {
				t.Error("nothing said about objects")
			}
			_ = g.DecodeReply(back, fresh(args))
		}
		_, _, _ = GetFailure(there)
		_, _, _ = GetCall(there)
		_, _ = GetCause(there)
		_, _ = GetTexts(there)
	})
}
