package dataset_test

import (
	"context"
	"fmt"

	"crossbook/neurosim/dataset"
)

func Example() {
	set := dataset.FashionSample()
	set.Train = 200
	data, err := set.Load(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set)
	fmt.Println(data.Train.Len(), data.Test.Len(), data.Classes, data.Shape)
	// Output:
	// fashion-sample (200 training, all test images)
	// 200 1000 10 [1 28 28]
}
