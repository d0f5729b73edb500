package main

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"iter"
	"maps"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"
)

type item struct {
	name string
	prio int
	idx  int
}
type pq []*item

func (p pq) Len() int           { return len(p) }
func (p pq) Less(i, j int) bool { return p[i].prio > p[j].prio }
func (p pq) Swap(i, j int)      { p[i], p[j] = p[j], p[i]; p[i].idx = i; p[j].idx = j }
func (p *pq) Push(x any)        { it := x.(*item); it.idx = len(*p); *p = append(*p, it) }
func (p *pq) Pop() any          { o := *p; n := len(o); it := o[n-1]; *p = o[:n-1]; return it }

type matrix [][]float64

func (m matrix) mul(o matrix) matrix {
	r := make(matrix, len(m))
	for i := range r {
		r[i] = make([]float64, len(o[0]))
		for j := range r[i] {
			for k := range o {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return r
}

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

type weekday int

const (
	sun weekday = iota
	mon
	tue
)

func (w weekday) String() string { return [...]string{"Sun", "Mon", "Tue"}[w] }

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i := range p[:n] {
		c := p[i]
		switch {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return n, err
}

type errNotFound struct{ key string }

func (e *errNotFound) Error() string   { return "not found: " + e.key }
func (e *errNotFound) Is(t error) bool { return t == os.ErrNotExist }

type stack[T any] struct{ s []T }

func (s *stack[T]) push(v T) { s.s = append(s.s, v) }
func (s *stack[T]) pop() (v T, ok bool) {
	if len(s.s) == 0 {
		return
	}
	v = s.s[len(s.s)-1]
	s.s = s.s[:len(s.s)-1]
	return v, true
}
func (s *stack[T]) all() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for i, v := range s.s {
			if !yield(i, v) {
				return
			}
		}
	}
}

type number interface {
	~int | ~int64 | ~float64
}

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}
func mapping[K cmp.Ordered, V any, R any](m map[K]V, f func(K, V) R) []R {
	var out []R
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, f(k, m[k]))
	}
	return out
}

func main() {
	h := &pq{}
	heap.Init(h)
	for i, w := range strings.Fields("the quick brown fox jumps") {
		heap.Push(h, &item{name: w, prio: len(w)*10 + i})
	}
	for h.Len() > 0 {
		it := heap.Pop(h).(*item)
		fmt.Print(it.name, " ", it.prio, "; ")
	}
	fmt.Println()
	l := list.New()
	l.PushBack(1)
	l.PushFront("zero")
	l.PushBack(2.5)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Printf("%v(%T) ", e.Value, e.Value)
	}
	fmt.Println()
	r := ring.New(3)
	for i := range r.Len() {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, ",") })
	fmt.Println()
	fmt.Println(matrix{{1, 2}, {3, 4}}.mul(matrix{{0, 1}, {1, 0}}))
	fmt.Println(celsius(21.55), []celsius{1, 2}, map[weekday]celsius{mon: 3}, struct {
		D weekday
		T celsius
	}{tue, 4})
	fmt.Printf("%v %+v %#v %d %s|%6.2f|%-8s|%08b|%x|%q|%U\n", mon, mon, mon, mon, mon, celsius(3), mon, 5, "hi", 'x', '⌘')
	io.Copy(os.Stdout, rot13{strings.NewReader("Uryyb, Jbeyq!\n")})
	var err error = fmt.Errorf("reading: %w", &errNotFound{"k"})
	var nf *errNotFound
	fmt.Println(errors.As(err, &nf), nf.key, errors.Is(err, os.ErrNotExist), err, errors.Unwrap(err) == nf)
	err = errors.Join(err, io.EOF)
	fmt.Println(errors.Is(err, io.EOF), strings.ReplaceAll(err.Error(), "\n", "|"))
	var st stack[string]
	st.push("a")
	st.push("b")
	for i, v := range st.all() {
		fmt.Print(i, v, " ")
	}
	v, ok := st.pop()
	fmt.Println(v, ok, sum(1, 2, 3), sum(1.5, 2), sum[celsius](1, 2.5))
	fmt.Println(mapping(map[string]int{"b": 2, "a": 1}, func(k string, v int) string { return k + strconv.Itoa(v) }))
	b := base64.StdEncoding.EncodeToString([]byte("any carnal pleas"))
	d, _ := base64.StdEncoding.DecodeString(b)
	fmt.Println(b, string(d), hex.EncodeToString([]byte{1, 255}))
	var buf bytes.Buffer
	binary.Write(&buf, binary.LittleEndian, struct {
		A uint16
		B int32
		C float32
	}{1, -2, 1.5})
	fmt.Println(buf.Bytes(), crc32.ChecksumIEEE([]byte("x")))
	f := fnv.New64a()
	f.Write([]byte("hello"))
	fmt.Println(f.Sum64())
	cr := csv.NewReader(strings.NewReader("a,\"b,c\"\n1,2\n"))
	recs, err := cr.ReadAll()
	fmt.Println(recs, len(recs), err)
	x := new(big.Int).Exp(big.NewInt(3), big.NewInt(200), nil)
	fmt.Println(x, x.BitLen(), bits.OnesCount64(math.MaxUint64>>3), bits.LeadingZeros32(1))
	fmt.Println(cmplx.Sqrt(-1), cmplx.Abs(3+4i), real(complex(1, 2)*complex(0, 1)))
	rg := rand.New(rand.NewPCG(1, 2))
	fmt.Println(rg.IntN(100), rg.Float64(), rg.Perm(5), rg.NormFloat64())
	fmt.Println(filepath.Join("a", "..", "b"), filepath.Ext("x.tar.gz"))
	re := regexp.MustCompile(`(?P<y>\d{4})-(?P<m>\d\d)`)
	fmt.Println(re.FindStringSubmatch("on 2024-05-06"), re.SubexpNames(), re.ReplaceAllString("2024-05", "${m}/${y}"))
	people := []struct {
		Name string
		Age  int
	}{{"A", 30}, {"B", 25}, {"C", 30}}
	sort.SliceStable(people, func(i, j int) bool { return people[i].Age < people[j].Age })
	fmt.Println(people)
	slices.SortFunc(people, func(a, b struct {
		Name string
		Age  int
	}) int {
		return cmp.Or(-cmp.Compare(a.Age, b.Age), strings.Compare(a.Name, b.Name))
	})
	fmt.Println(people)
	var wg sync.WaitGroup
	var n atomic.Int64
	var mu sync.RWMutex
	m := map[int]int{}
	for i := range 20 {
		wg.Go(func() { n.Add(int64(i)); mu.Lock(); m[i%3]++; mu.Unlock() })
	}
	wg.Wait()
	fmt.Println(n.Load(), m)
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "a\tbbb\tc\t")
	fmt.Fprintln(tw, "aaaa\tb\tccccc\t")
	tw.Flush()
	t0 := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	fmt.Println(t0.AddDate(1, 0, 0).Format(time.RFC1123), t0.Weekday(), t0.YearDay(), time.Duration(90*time.Second), t0.Sub(t0.Add(-time.Hour)))
	fmt.Println(unicode.IsUpper('É'), utf8.RuneCountInString("héllo"), strings.ToUpper("straße"), strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, "a1b2"))
	sc := bufio.NewScanner(strings.NewReader("one two\nthree"))
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		fmt.Print(sc.Text(), ".")
	}
	fmt.Println()
	fmt.Println(strconv.Quote("a\tb\"\x00é"), strconv.FormatFloat(1.0/3, 'g', 5, 64))
	_, e := strconv.Atoi("12x")
	fmt.Println(e)
	var ne *strconv.NumError
	fmt.Println(errors.As(e, &ne), ne.Func, ne.Num, ne.Err == strconv.ErrSyntax)
	fmt.Println(slices.Collect(maps.Values(map[int]int{1: 2})), slices.Index([]string{"a", "b"}, "b"), slices.Max([]float64{1, 3, 2}))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println(slices.Repeat([]int{1}, 3), slices.Compact([]int{1, 1, 2}), slices.Equal([]int{1}, []int{1}))
}
