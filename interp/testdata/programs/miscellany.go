package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

type (
	Celsius float64
	Op      func(float64, float64) (float64, error)
	Stack   []string
)

func (s *Stack) Push(x string) { *s = append(*s, x) }
func (s *Stack) Pop() (x string, err error) {
	if len(*s) == 0 {
		return "", errors.New("empty")
	}
	x, *s = (*s)[len(*s)-1], (*s)[:len(*s)-1]
	return
}
func (s Stack) Peek() string { return s[len(s)-1] }

var ErrDiv = errors.New("div")

var ops = map[string]Op{
	"+": func(a, b float64) (float64, error) { return a + b, nil },
	"/": func(a, b float64) (float64, error) {
		if b == 0 {
			return 0, fmt.Errorf("bad: %w", ErrDiv)
		}
		return a / b, nil
	},
}

func getOp(s string) (Op, bool) { o, ok := ops[s]; return o, ok }
func anyOp(s string) any        { return ops[s] }
func asOp(v any) Op             { return v.(Op) }
func rpn(s string) (res float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("rpn: %v", r)
		}
	}()
	var st []float64
	for _, tok := range strings.Fields(s) {
		if op, ok := getOp(tok); ok {
			a, b := st[len(st)-2], st[len(st)-1]
			st = st[:len(st)-2]
			v, err := op(a, b)
			if err != nil {
				return 0, err
			}
			st = append(st, v)
			continue
		}
		f, err := strconv.ParseFloat(tok, 64)
		if err != nil {
			return 0, err
		}
		st = append(st, f)
	}
	return st[0], nil
}
func variadic(pre string, xs ...any) int { return len(xs) }
func apply[T any](x T, fs ...func(T) T) T {
	for _, f := range fs {
		x = f(x)
	}
	return x
}

func fact(n uint64) uint64 {
	if n == 0 {
		return 1
	}
	return n * fact(n-1)
}
func swap(a, b *int) { *a, *b = *b, *a }
func minmax(xs ...int) (lo, hi int) {
	lo, hi = xs[0], xs[0]
	for _, x := range xs[1:] {
		lo, hi = min(lo, x), max(hi, x)
	}
	return
}

func main() {
	fmt.Println(rpn("1 2 + 3 /"))
	_, err := rpn("1 0 /")
	fmt.Println(err, errors.Is(err, ErrDiv))
	_, err = rpn("1 x")
	fmt.Println(err)
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Num)
	_, err = rpn("+")
	fmt.Println(err != nil)
	o := asOp(anyOp("+"))
	fmt.Println(o(1, 2))
	if op, ok := anyOp("/").(Op); ok {
		fmt.Println(op(1, 4))
	}
	var s Stack
	s.Push("a")
	s.Push("b")
	fmt.Println(s.Peek(), len(s))
	fmt.Println(s.Pop())
	fmt.Println(s.Pop())
	fmt.Println(s.Pop())
	fmt.Println(variadic("x"), variadic("x", nil), variadic("x", 1, "a"), variadic("x", []any{1, 2}...), variadic("x", []int{1, 2}))
	fmt.Println(apply(2, func(i int) int { return i * 3 }, func(i int) int { return i + 1 }))
	fmt.Println(fact(20), fact(5))
	a, b := 1, 2
	swap(&a, &b)
	fmt.Println(a, b)
	fmt.Println(minmax(3, 1, 2))
	str := "naïve"
	fmt.Println(len(str), utf8.RuneCountInString(str), strings.ToUpper(str), []byte(str)[2], str[2:4], strings.Map(func(r rune) rune {
		if r == 'n' {
			return -1
		}
		return r + 1
	}, str))
	bs := []byte("abc")
	bs[0] = 'X'
	cp := string(bs)
	bs[1] = 'Y'
	fmt.Println(cp, string(bs), strings.Compare("a", "b"), strings.Repeat("ab", 3))
	t := Celsius(36.6)
	t2 := t*9/5 + 32
	fmt.Printf("%.1f %T\n", t2, t2)
	var i8 int8 = -128
	fmt.Println(-i8, i8-1, uint8(i8), int16(i8), ^i8, i8>>1, uint8(i8)>>1)
	x := 10
	p := &x
	pp := &p
	**pp++
	*p += 5
	fmt.Println(x, *p == **pp)
	sw := func(v any) string {
		switch v := v.(type) {
		case int, int64:
			return fmt.Sprintf("%T", v)
		case []int:
			return fmt.Sprint(len(v))
		case error:
			return v.Error()
		case func() string:
			return v()
		case nil:
			return "nil"
		case Celsius:
			return fmt.Sprint(float64(v))
		case map[string]int:
			return fmt.Sprint(v["a"])
		case *int:
			return fmt.Sprint(*v)
		case Stack:
			return v.Peek()
		}
		return "?"
	}
	fmt.Println(sw(1), sw(int64(1)), sw([]int{1}), sw(ErrDiv), sw(func() string { return "f" }), sw(nil), sw(Celsius(2)), sw(map[string]int{"a": 7}), sw(p), sw(Stack{"q"}), sw([]string{"q"}), sw(1.5))
	m := map[string]map[string]int{}
	for _, w := range []string{"a b", "a c", "b d", "a b"} {
		k, v, _ := strings.Cut(w, " ")
		if m[k] == nil {
			m[k] = map[string]int{}
		}
		m[k][v]++
	}
	fmt.Println(m, len(m["a"]), m["zz"]["y"])
	type emp struct {
		name string
		sal  float64
		tags []string
	}
	emps := []emp{{"a", 1, nil}, {"b", 2, []string{"x"}}}
	for i := range emps {
		emps[i].sal *= 2
		emps[i].tags = append(emps[i].tags, "new")
	}
	byName := map[string]*emp{}
	for i := range emps {
		byName[emps[i].name] = &emps[i]
	}
	byName["a"].sal = 50
	fmt.Println(emps, *byName["b"])
	matrix := [][]float64{{1, 2}, {3, 4}}
	tr := make([][]float64, 2)
	for i := range tr {
		tr[i] = make([]float64, 2)
		for j := range tr[i] {
			tr[i][j] = matrix[j][i]
		}
	}
	fmt.Println(tr)
	var sb strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&sb, "%d...", i)
	}
	sb.WriteString("go")
	fmt.Println(sb.String(), sb.Len())
	if f, err := os.Open("/nonexistent"); err != nil {
		fmt.Println(f == nil, errors.Is(err, os.ErrNotExist))
	}
	const big = 1 << 62
	fmt.Println(big>>60, uint64(big)<<1, 0o7, 0b11, 'a'+1, "s"+"t")
	var arr [5]int
	for i := range arr {
		arr[i] = i * i
	}
	sl := arr[1:4:5]
	sl = append(sl, 99)
	sl = append(sl, 100)
	sl[0] = -1
	fmt.Println(arr, sl, len(sl), cap(arr[2:]))
	func() {
		defer func() {
			r := recover()
			err, ok := r.(error)
			fmt.Println(ok, err != nil)
		}()
		fmt.Println(sl[10])
	}()
	fmt.Println(func(xs ...int) (s int) {
		for _, x := range xs {
			s += x
		}
		return
	}([]int{1, 2, 3}...))
	c := 0
	inc := func() int { c++; return c }
	fmt.Println(inc(), inc(), inc()+inc()*10, []int{inc(), inc()}, map[int]int{inc(): inc()})
}
