// Command gen writes the assembly of package simd with avo. It is a module of
// its own, so that avo serves whoever changes a kernel and nobody who builds or
// uses the product. Run it by `go generate` in the folder above.
package main

import (
	"log"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

func main() {
	ConstraintExpr("amd64")
	families := []family{avx512, avx2}
	for _, f := range families {
		for height := 1; height <= f.rows; height++ {
			for width := 1; width <= 2; width++ {
				f.micro(height, width, false)
				f.micro(height, width, true)
			}
		}
	}
	transpose8()
	copyRows(8)
	copyRows(16)
	copyRows(32)
	units := ones()
	for height := 1; height <= 3; height++ {
		grid(height, 4, units)
		grid(height, 2, units)
	}
	for height := 1; height <= tallestGrid; height++ {
		gridVNNI(height)
	}
	for high := 1; high <= 2; high++ {
		for wide := 1; wide <= 2; wide++ {
			writeGridTiles(high, wide)
		}
	}
	toGrid(units, gridOrder())
	foursToGrid()
	weaveFours()
	sumBytes(units)
	table := philoxConstants()
	philox(table)
	normal(table)
	crossbars(families, table)
	normal32 := newNormality()
	gather(normal32)
	fade(normal32)
	round()
	pack := packing()
	pulse(table, pack)
	program(table, pack)
	programAll(table, pack)
	gather512(normal32)
	fade512(normal32)
	round512()
	pulse512(table)
	program512(table)
	programAll512(table)
	curves512()
	for _, f := range families {
		f.elementwise(normal32)
	}
	marks512(normal32)
	fillBits(table)
	mark512(normal32)
	pick512()
	spread512()
	deviates(table)
	if err := writeTable("../table_amd64.go", families...); err != nil {
		log.Fatal("gen: ", err)
	}
	Generate()
}

// crossbars writes the kernels that read crossbars.
func crossbars(families []family, table Mem) {
	for _, f := range families {
		f.convert()
		f.span()
		f.disturb()
	}
	wide()
	packPairs()
	table8, powers := nibbles(), powers()
	wide8(table8)
	for planes := 1; planes <= 4; planes++ {
		readColumns(planes)
		spanColumns(planes)
		readColumns8(planes, table8)
		spanColumns8(planes, table8)
		readTables(planes, table8)
		tallyColumns(planes)
		tallyColumns8(planes, table8, powers)
	}
	shapes := tileShapes()
	readTiles(shapes)
	spanTiles(shapes)
	sumTiles(shapes)
	spreadBits(table)
	aim()
	packTiles()
	turnTiles(table)
}
