package train_test

import (
	"fmt"

	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// A rule declares which layers wait for which, so that a chip can be priced for it:
// with direct feedback all hidden layers wait for the output alone.
func Example() {
	shapes := nn.MLP(784, 256, 256, 256, 10).Shapes()
	for _, rule := range []train.Rule{train.BP{}, train.DFA{}} {
		fmt.Println(rule.Name(), rule.Schedule(shapes).WaitsFor)
	}
	// Output:
	// BP [[1] [2] [3] []]
	// DFA [[3] [3] [3] []]
}
