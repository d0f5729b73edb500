package circuit_test

import (
	"fmt"

	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/tech"
)

func Example() {
	transistor, err := tech.Find(32, tech.LSTP)
	if err != nil {
		fmt.Println(err)
		return
	}
	process, err := transistor.At(300)
	if err != nil {
		fmt.Println(err)
		return
	}
	kit := circuit.Kit{Process: process, Clock: 1e9}

	tree := circuit.AdderTree{Kit: &kit, Rows: 8, Bits: 6, Trees: 16}
	fmt.Println(tree.Size().Area, tree.Leakage(8))
	fmt.Println(tree.Add(8))
	// Output:
	// 2165 µm² 55.02 nW
	// {2.394 ns 3.653 pJ}
}
