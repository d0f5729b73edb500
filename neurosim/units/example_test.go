package units_test

import (
	"fmt"

	"crossbook/neurosim/units"
)

func Example() {
	var read units.Joule = 47.9e-12
	var cycle units.Second = 17.39e-9
	fmt.Println(100*read, "in", 100*cycle)
	fmt.Println(units.Watt(float64(read) / float64(cycle)))
	// Output:
	// 4.79 nJ in 1.739 µs
	// 2.754 mW
}
