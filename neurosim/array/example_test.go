package array_test

import (
	"fmt"

	"crossbook/neurosim/array"
	"crossbook/neurosim/device"
)

// A row of inputs times four weights on cells of two bits, read bit by bit with
// converters of eight bits.
func Example() {
	a, err := array.Build{
		Config: array.Config{WeightBits: 4, CellBits: 2, InputBits: 4, ADCBits: 8, ADCRange: array.Full},
		Device: device.Analog{OnOff: 10},
		In:     4, Out: 1,
	}.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	a.Program(array.Matrix{Rows: 1, Cols: 4, Data: []float32{0.5, -0.25, 0.875, -1}})
	y := array.NewMatrix(1, 1)
	a.Read(y, array.Matrix{Rows: 1, Cols: 4, Data: []float32{1, 0.2, 0.6, 0.4}}, array.Moment{})
	fmt.Printf("%.3f, exactly %.3f\n", y.Data[0], 0.5*1-0.25*0.2+0.875*0.6-1*0.4)
	// Output: 0.586, exactly 0.575
}
