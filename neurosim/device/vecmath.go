package device

import "math"

// The reference's logarithm and exponential are those of its tensor library,
// which takes them from SLEEF (N. Shibata and F. Petrogalli, "SLEEF: a portable
// vectorized library of C standard mathematical functions", IEEE TPDS 31 (6),
// 2020) with an error below one unit in the last place. One exponential in seventeen
// differs from the correctly rounded one, and on a nearly straight device such a
// unit is 3e-5 of the range; so the same polynomials are evaluated here.

// exp32 is the exponential, as SLEEF's expf with 1.0 ULP.
func exp32(x float32) float32 {
	if !(x > -104 && x < 100) {
		return float32(math.Exp(float64(x))) // 0, infinity or not a number
	}
	q := math.RoundToEven(float64(x * math.Log2E))
	s := fma32(float32(q), -0.693145751953125, x)
	s = fma32(float32(q), -1.428606765330187045e-06, s)
	u := float32(0.000198527617612853646278381)
	u = fma32(u, s, 0.00139304355252534151077271)
	u = fma32(u, s, 0.00833336077630519866943359)
	u = fma32(u, s, 0.0416664853692054748535156)
	u = fma32(u, s, 0.166666671633720397949219)
	u = fma32(u, s, 0.5)
	u = 1 + fma32(s*s, u, s)
	return float32(float64(u) * math.Float64frombits(uint64(1023+int(q))<<52))
}

// log32 is the natural logarithm, as SLEEF's logf with 1.0 ULP; the sums that it
// makes of pairs of single-precision numbers are made in double precision.
func log32(x float32) float32 {
	if !(x >= 0x1p-126 && x <= math.MaxFloat32) {
		return float32(math.Log(float64(x))) // tiny, infinity or not a number
	}
	b := math.Float32bits(x)
	e := int(b>>23) - 127
	m := math.Float32frombits(b&(1<<23-1) | 127<<23) // x = m 2^e, m in [1,2)
	if m >= 1.5 {
		m /= 2
		e++
	}
	y := (float64(m) - 1) / (float64(m) + 1)
	y1 := float32(y)
	y2 := y1 * y1
	t := fma32(0.3027294874, y2, 0.3996108174)
	t = fma32(t, y2, 0.6666694880)
	const ln2 = 0.69314718246459960938 - 1.904654323148236017e-09
	return float32(float64(e)*ln2 + 2*y + float64(float32(y2*y1)*t))
}

// fma32 is a b + c rounded once, but for ties of a rounding to double precision.
func fma32(a, b, c float32) float32 { return float32(float64(a)*float64(b) + float64(c)) }
