package simd

// What the kernels of a grid take at once, where the processor multiplies tiles.
const (
	tileLines = 32 // two tiles, one below the other
	tileSteps = 64
)

// tileShapes is the rows and the bytes in a row of the tiles of the processor, as its
// instruction LDTILECFG reads them (Intel 64 and IA-32 Architectures Software Developer's
// Manual, volume 1, 18.3).
type tileShapes struct {
	palette byte
	_       [15]byte
	line    [16]uint16
	rows    [16]byte
}

// gridShapes are those of the kernels of a grid, by the rows of the sums: 0 to 3 are sums,
// 4 and 5 the lines, 6 and 7 the columns.
var gridShapes = func() (all [tileLines + 1]tileShapes) {
	for height := range all {
		s := &all[height]
		s.palette = 1
		upper := min(height, tileLines/2)
		lower := max(1, height-upper)
		upper = max(1, upper)
		for tile, rows := range []int{upper, upper, lower, lower, upper, lower, 16, 16} {
			s.line[tile], s.rows[tile] = tileSteps, byte(rows)
		}
	}
	return all
}()

// runTiles calls the kernel for tiles of a height, and of one panel of columns or two.
func runTiles(t *gridTile, height, wide int) {
	t.shapes, t.height = &gridShapes[height], uint64(height)
	switch high := ceil(height, tileLines/2); {
	case high == 1 && wide == 1:
		gridAMX_1x1(t)
	case high == 1:
		gridAMX_1x2(t)
	case wide == 1:
		gridAMX_2x1(t)
	default:
		gridAMX_2x2(t)
	}
}

//go:noescape
func gridAMX_1x1(t *gridTile)

//go:noescape
func gridAMX_1x2(t *gridTile)

//go:noescape
func gridAMX_2x1(t *gridTile)

//go:noescape
func gridAMX_2x2(t *gridTile)
