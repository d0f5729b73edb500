package main

import (
	"fmt"
	"math"
	"strconv"
)

type (
	Celsius float64
	Weekday int
)

const (
	Sunday Weekday = iota
	Monday
	_
	Wednesday
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
)

func (d Weekday) String() string { return "day" + strconv.Itoa(int(d)) }
func (c Celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

func sh(x int8, n uint) int8 { return x << n >> n }

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8
	u8--
	var u32 uint32 = 1 << 31
	u32 *= 2
	fmt.Println(i8, u8, u32, -i8, sh(100, 1))
	fmt.Println(-7/2, -7%2, 7/-2, 7%-2, -7>>1, uint8(200)+50)
	x, y := 7, -2
	fmt.Println(x/y, x%y, x&^5, x^y, ^x, x|8, x&6)
	var f float64 = 1 / 3.0
	var f32 float32 = float32(f)
	fmt.Println(f, f32, float64(f32), float32(0.1)*3, 0.1+0.2)
	z := 0.0
	fmt.Println(1/z, -1/z, z/z, math.Inf(1) > 1, math.NaN() == math.NaN())
	fmt.Println(int(3.0), int64(math.Floor(-2.5)), math.MaxInt64, uint64(math.MaxUint64))
	v := 3.99
	n := -3.99
	fmt.Println(int(v), int(n), uint8(int(v)), int8(int(300)&0xff>>1), float32(16777217))
	big := 300
	fmt.Println(int8(big), uint8(big), uint16(-big), rune(big), string(rune(big)))
	c := complex(1, 2)
	c2 := c * c
	fmt.Println(c2, real(c2), imag(c2), c == complex(1, 2), -c, c/complex(0, 1))
	var c64 complex64 = complex64(c)
	fmt.Printf("%v %T %.2f\n", c64, c64, c)
	fmt.Println(Sunday, Monday, Wednesday, KB, MB, Weekday(9))
	fmt.Printf("%d %v %s %x %T\n", Monday, Monday, Monday, Monday, Monday)
	fmt.Println(Celsius(36.6), []Celsius{1, 2}, map[string]Celsius{"a": 3}, struct{ C Celsius }{4})
	fmt.Printf("%v %+v %#v %T %.2f\n", Celsius(1), Celsius(2), Celsius(3), Celsius(4), Celsius(5))
	s := "héllo, 世界\xff!"
	for i, r := range s {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println(len(s), []rune(s)[1], []byte(s)[1], s[1], s[1:3])
	for i := range len("abc") {
		fmt.Print(i)
	}
	for i := range uint8(3) {
		fmt.Printf("%T%d ", i, i)
	}
	fmt.Println()
	fmt.Println(string([]rune{65, 0x4e16}), string([]byte{104, 105}), strconv.Quote(s))
	const huge = 1 << 100
	fmt.Println(huge>>98, float64(huge))
	const cc = 'a' + 1
	fmt.Printf("%T %v %c\n", cc, cc, cc)
	var ui uint = 3
	fmt.Println(1<<ui, int64(1)<<ui, 1.0*float64(int(1)<<ui), ^uint8(3), -5%3, 5.0/2)
	var sx uint = 70
	fmt.Println(1<<sx == 0, int32(1)<<sx, -1>>sx, uint64(1)<<63>>sx)
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a"), max(math.NaN(), 1))
	fmt.Println(0x1p-2, 0b101, 0o17, 1_000_000, 'x', '\n', "\u00e9", `raw\n`)
	var r rune = 'é'
	var by byte = 'A'
	fmt.Println(r, by, string(r), string(rune(by)), by+1, r-'a')
	fmt.Printf("%08b %o %X %e %g %6.2f|%-6d|%+d|%q|%U\n", 5, 64, 255, 12345.678, 1e21, 3.14159, 42, 7, 'x', 'é')
	fmt.Println(math.Sqrt2, math.Pi, float32(math.Pi), 1e6, 1e20, 1e21, 123456789.0, 1e-7)
	d1, d2 := 10, 0
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(d1 / d2)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(d1 % d2)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		k := -1
		fmt.Println(1 << k)
	}()
	minInt := math.MinInt64
	m1 := -1
	fmt.Println(minInt/m1, minInt%m1, -minInt)
	var i32 int32 = math.MinInt32
	fmt.Println(i32/int32(m1), -i32, i32-1)
	fmt.Println(uint32(1<<32-1)/2 == 0, int16(32767)+int16(m1+2))
	var e1, e2 float64 = 1e308, 10
	fmt.Println(e1*e2, -e1*e2, e1*e2-e1*e2)
	fmt.Println(math.Signbit(math.Copysign(0, -1)), 1/math.Copysign(0, -1))
	nz := math.Copysign(0, -1)
	fmt.Println(nz, -nz, nz+0, nz*1, nz == 0)
	fmt.Println(strconv.FormatFloat(float64(f32), 'g', -1, 32), float64(float32(0.1)))
	fmt.Println(7.0/2.0, 7/2, 7/2.0, 1<<3.0, 5%3, 'a'*2)
	var ii interface{} = 1 << 3
	fmt.Printf("%T %v\n", ii, ii)
	var ff float64 = 1 << 3
	shf := 1.0 << 3
	fmt.Println(ff, shf)
	var w int64 = 1<<s2(3) + 1
	fmt.Println(w)
}

func s2(n int) int { return n }
