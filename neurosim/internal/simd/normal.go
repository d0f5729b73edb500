package simd

import (
	"math"
	"unsafe"
)

// The transform of G. E. P. Box and M. E. Muller, "A note on the generation of random
// normal deviates", Ann. Math. Statist. 29(2), 1958, in single precision: a word u
// makes the radius sqrt(-2 ln u), a word v the angle. The polynomials interpolate at
// Chebyshev's points to 7e-8, 3e-9 and 3e-8; the generator spells them out.
var (
	// normalLog is -2 ln(1+t)/t for 1+t from sqrt(1/2) to sqrt(2).
	normalLog = [...]float32{
		-1.99999995, 0.999999928, -0.666683866, 0.500027044, -0.399118667, 0.331559858,
		-0.299548026, 0.285385164, -0.170666262,
	}
	// normalSin and normalCos are sin(π/4 t)/t and cos(π/4 t), of t².
	normalSin = [...]float32{0.785398161, -0.0807454347, 0.0024900068, -3.59542907e-05}
	normalCos = [...]float32{0.999999972, -0.308424252, 0.0158499107, -0.000318877475}
)

const (
	rootHalf   = 0x3F3504F3 // the bits of sqrt(1/2)
	minusLn4   = -1.38629436
	perNormals = 32 // numbers of a group
)

// Normal sets numbers to the normal deviates of blocks counter, counter+1 ... of
// [Philox4x32] under a key: four of a block, two from each pair of its words. The last
// block may be cut. The largest magnitude is 5.9, which one number in 3e8 would exceed.
func Normal(numbers []float32, counter [4]uint32, key [2]uint32) {
	b := blocks{counter: counter, key: key}
	for len(numbers) > 0 {
		b.to = unsafe.Pointer(unsafe.SliceData(numbers))
		if n := b.grouped(len(numbers)); n > 0 && fillNormal(&b) {
			numbers = numbers[n:]
			b.count(uint64(n) / 4)
			continue
		}
		block := Philox4x32(b.counter, key)
		var four [4]float32
		four[0], four[1] = boxMuller(block[0], block[1])
		four[2], four[3] = boxMuller(block[2], block[3])
		numbers = numbers[copy(numbers, four[:]):]
		b.count(1)
	}
}

// boxMuller makes two deviates of two words.
func boxMuller(u, v uint32) (x, y float32) {
	share := fma(float32(u>>8), 0x1p-24, 0x1p-25)
	place := math.Float32bits(share)
	exponent := int32(place-rootHalf) >> 23
	t := math.Float32frombits(place-uint32(exponent)<<23) - 1
	radius := polynomial(normalLog[:], t) * t
	radius = fma(float32(exponent), minusLn4, radius)
	radius = float32(math.Sqrt(float64(max(radius, 0))))
	angle := float32(int32(v<<2)) * 0x1p-31
	square := angle * angle
	sin, cos := polynomial(normalSin[:], square)*angle, polynomial(normalCos[:], square)
	if v>>30&1 == 1 {
		radius = -radius
	}
	if v>>31 == 1 {
		sin, cos = cos, sin
	}
	return radius * cos, radius * sin
}

func polynomial(c []float32, x float32) float32 {
	sum := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		sum = fma(sum, x, c[i])
	}
	return sum
}
