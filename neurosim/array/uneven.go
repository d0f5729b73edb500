package array

// uneven is a converter whose steps are fine where sums are small: sums up to a
// bound, as shares of the range, become the value beside it.
type uneven struct{ bounds, values []float32 }

// unevenSteps are the nonlinear converters that DNN+NeuroSim V2.1 defines, by bits.
// Those of other numbers of bits convert nothing.
var unevenSteps = map[int]uneven{
	3: {
		[]float32{.02, .08, .12, .18, .3, .5, .7, 1},
		[]float32{.01, .05, .1, .15, .24, .4, .6, .85},
	},
	4: {
		[]float32{.02, .05, .08, .12, .16, .2, .25, .3, .35, .4, .45, .5, .6, .7, .85, 1},
		[]float32{.01, .035, .065, .1, .14, .18, .225, .275, .325, .375, .425, .475, .55, .65, .775, .925},
	},
	5: {
		[]float32{
			.005, .01, .015, .02, .025, .03, .04, .05, .06, .08, .10, .12, .14, .16, .18, .20,
			.22, .24, .26, .28, .30, .35, .40, .45, .50, .55, .60, .65, .70, .80, .90, 1,
		},
		[]float32{
			.001, .003, .007, .010, .015, .020, .030, .040, .055, .07, .09, .11, .13, .15, .17, .19,
			.21, .23, .25, .27, .29, .32, .37, .42, .47, .52, .57, .62, .67, .75, .85, .95,
		},
	},
}

// convertUnevenly replaces numbers by the values of an uneven converter; the highest
// stays what it is.
func convertUnevenly(x []float32, bits int) {
	steps, known := unevenSteps[bits]
	if !known {
		return
	}
	low, high := spread(x)
	width := high - low
	for i, v := range x {
		for n, bound := range steps.bounds {
			if v < low+float32(width*bound) {
				x[i] = low + float32(width*steps.values[n])
				break
			}
		}
	}
}
