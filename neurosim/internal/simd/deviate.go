package simd

import "math"

// Deviate is number i of a stream of normal deviates in double precision, of whose block
// i/4 the words are: the transform of Box and Muller (see [Normal]) makes numbers 0 and
// 1 of the first pair of words and 2 and 3 of the second, the even ones with the cosine.
// Its largest magnitude is 6.76.
//
// The logarithm is that of FreeBSD's msun (e_log.c), the sine and the cosine are those of
// S. L. Moshier's Cephes, as in Go's package math. Here every operation is rounded for
// itself, so that all processors come to the same bits, which package math does not
// promise.
func Deviate(words [4]uint32, i uint64) float64 {
	pair := i >> 1 & 1
	u, v := words[2*pair], words[2*pair+1]
	radius := math.Sqrt(-2 * logarithm((float64(u)+0.5)*0x1p-32))
	sin, cos := sincos(float64(2*math.Pi*float64(v)) * 0x1p-32)
	if i&1 == 0 {
		return radius * cos
	}
	return radius * sin
}

// logarithm is ln x of a normal number x above 0.
func logarithm(x float64) float64 {
	bits := math.Float64bits(x)
	k := float64(int(bits>>52) - 0x3FE)
	f := math.Float64frombits(bits&(1<<52-1) | 0x3FE<<52)
	if f <= math.Sqrt2/2 {
		f *= 2
		k--
	}
	f--
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	t1 := s2 * horner(s4, 1.479819860511658591e-01, 1.818357216161805012e-01, 2.857142874366239149e-01, 6.666666666666735130e-01)
	t2 := s4 * horner(s4, 1.531383769920937332e-01, 2.222219843214978396e-01, 3.999999999940941908e-01)
	square := float64(float64(0.5*f) * f)
	r := float64(t1) + float64(t2)
	sum := float64(s*(square+r)) + float64(k*1.90821492927058770002e-10)
	return float64(k*6.93147180369123816490e-01) - ((square - sum) - f)
}

// sincos is the sine and the cosine of an angle from 0 to 2 pi.
func sincos(x float64) (sin, cos float64) {
	j := int(float64(x * (4 / math.Pi)))
	j += j & 1
	y := float64(j)
	z := x - float64(y*7.85398125648498535156e-1)
	z -= float64(y * 3.77489470793079817668e-8)
	z -= float64(y * 2.69515142907905952645e-15)
	zz := float64(z * z)
	cos = 1 - float64(0.5*zz) + float64(float64(zz*zz)*horner(zz,
		-1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
		2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2))
	sin = z + float64(float64(z*zz)*horner(zz,
		1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
		-1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1))
	if j&2 != 0 {
		sin, cos = cos, -sin
	}
	if j&4 != 0 {
		sin, cos = -sin, -cos
	}
	return sin, cos
}

// horner is the polynomial with the coefficients c, that of the highest power first.
func horner(x float64, c ...float64) float64 {
	sum := c[0]
	for _, next := range c[1:] {
		sum = float64(sum*x) + next
	}
	return sum
}
