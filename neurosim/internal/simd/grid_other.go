//go:build !amd64

package simd

const hasGrid = false

var hasFours bool

func runGrid(*gridTile, int, int) {}

func turnFours([]uint8, *int8, int) {}

func fastFours([]uint8, Matrix, gridding) (done int, ok bool) { return 0, false }

// fastToGrid converts blocks, if this processor can, and returns how many numbers.
func fastToGrid([]int8, []float32, gridding) (done int, sum int32, ok bool) { return 0, 0, true }
