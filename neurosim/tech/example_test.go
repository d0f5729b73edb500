package tech_test

import (
	"fmt"

	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

func Example() {
	transistor, err := tech.Find(22, tech.LSTP)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, temperature := range []units.Kelvin{300, 355} {
		process, err := transistor.At(temperature)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(temperature, process.Vdd, process.NChannel.On, process.NChannel.Off)
	}
	// Output:
	// 300 K 850 mV 791.9 A/m 100 µA/m
	// 355 K 850 mV 614.1 A/m 662.3 µA/m
}
