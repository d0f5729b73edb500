package train_test

import (
	"fmt"

	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// What a rule declares prices it: with direct feedback all layers but the last
// compute their errors at once.
func Example() {
	shapes := nn.MLP(784, 256, 256, 256, 10).Shapes()
	times := []float64{3, 1, 1, 1} // of each layer's error phase
	for _, rule := range []train.Rule{train.BP{}, train.DFA{}} {
		total, _ := rule.Schedule(shapes).Longest(times)
		fmt.Println(rule.Name(), total)
	}
	// Output:
	// BP 6
	// DFA 4
}
