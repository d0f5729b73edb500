//go:build !amd64

package simd

const hasGrid = false

var hasFours, hasTiles bool

// Of kernels that this processor does not have.
const (
	tileLines = 32
	tileSteps = 64
)

type tileShapes struct{}

func runTiles(*gridTile, int, int) {}

func runGrid(*gridTile, int, int) {}

func turnFours([]int8, *int8, int) {}

func fastFours([]int8, Matrix, gridding) (done int, ok bool) { return 0, false }

// fastToGrid converts blocks, if this processor can, and returns how many numbers.
func fastToGrid([]int8, []float32, gridding) (done int, sum int32, ok bool) { return 0, 0, true }

func fastSums([]int8) (done int, sum int32, size int) { return 0, 0, 0 }

func turnPanel([]int8, int, []int8) {}

func runFours(*gridTile, int) {}

func weaveFours(*weaving) {}
