package nn

import "math"

// Losses by name. Each sets e to the gradient of the summed loss of a batch with
// respect to the outputs o, and returns the sum.

// Squares is half the sum of squared distances from the one-hot targets:
// 0.5 sum (o - t)^2, with the gradient o - t.
func Squares(e, o Matrix, labels []uint8) float64 {
	var sum float64
	for i := range o.Rows {
		out, gradient := o.Row(i), e.Row(i)
		for j, v := range out {
			if j == int(labels[i]) {
				v--
			}
			gradient[j] = v
			sum += float64(v) * float64(v)
		}
	}
	return sum / 2
}

// CrossEntropy is -ln of the softmax of the right class, with the gradient
// softmax(o) - t.
func CrossEntropy(e, o Matrix, labels []uint8) float64 {
	var sum float64
	for i := range o.Rows {
		out, gradient := o.Row(i), e.Row(i)
		top, total := out[Best(out)], 0.0
		for j, v := range out {
			p := math.Exp(float64(v - top))
			gradient[j] = float32(p)
			total += p
		}
		for j := range gradient {
			gradient[j] = float32(float64(gradient[j]) / total)
		}
		right := int(labels[i])
		gradient[right]--
		sum += math.Log(total) - float64(out[right]-top)
	}
	return sum
}

// Best returns the index of the largest number, the first of equals.
func Best(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}
