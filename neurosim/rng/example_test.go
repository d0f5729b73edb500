package rng_test

import (
	"fmt"

	"crossbook/neurosim/rng"
)

// A draw is a function of where it stands, so its order does not matter.
func Example() {
	noise := rng.New(1, "read noise", 2, 100) // seed 1, layer 2, step 100
	fmt.Printf("%.4f %.4f\n", noise.Normal(9), noise.Normal(3))
	fmt.Printf("%.4f %.4f\n", noise.Normal(3), noise.Normal(9))
	// Output:
	// 1.7929 0.8766
	// 0.8766 1.7929
}
