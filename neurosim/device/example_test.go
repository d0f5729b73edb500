package device_test

import (
	"fmt"

	"crossbook/neurosim/device"
)

// The device of the study: 64 levels, both directions bent alike.
func ExampleAnalog() {
	d := device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003, OnOff: 10}
	ltp, ltd := d.Curves()
	fmt.Println(d)
	fmt.Printf("after 32 pulses: up to %.3f, down to %.3f of the highest conductance\n",
		ltp.Conductance[32], ltd.Conductance[32])
	// Output:
	// 64 levels, LTP 1.75, LTD 1.46, cycle-to-cycle 0.3 %, on/off 10
	// after 32 pulses: up to 0.704, down to 0.679 of the highest conductance
}

// A label comes from a fitted A, and goes back to it.
func ExampleNormalisedA() {
	a := device.NormalisedA(1.75)
	fmt.Printf("%.6f %.2f\n", a, device.Label(a))
	// Output: 0.702081 1.75
}

// A published device is a value to copy and change.
func ExampleReRAM() {
	d := device.ReRAM()
	d.StuckLow = 0.01
	fmt.Println(d)
	ltp, _ := d.Curves()
	fmt.Printf("after half of the pulses: %.2f of the highest conductance\n", ltp.Conductance[500])
	// Output:
	// 1000 levels, soft bounds, skew 0.25, noise of a step 375 %, step from cell to cell 30 %, range from cell to cell 30 %, write noise 56 steps, stuck low 1 %
	// after half of the pulses: 0.55 of the highest conductance
}
