package simd

import "testing"

func TestTranspose(t *testing.T) {
	value := normals(1)
	for _, size := range [][2]int{{1, 1}, {7, 9}, {8, 8}, {64, 65}, {130, 70}, {3, 200}} {
		rows, cols := size[0], size[1]
		from := Matrix{rows, cols, cols + 1, make([]float32, rows*(cols+1))}
		for i := range from.Data {
			from.Data[i] = value()
		}
		to := Matrix{cols, rows, rows, make([]float32, rows*cols)}
		Transpose(to, from, 0, cols/2)
		Transpose(to, from, cols/2, cols)
		for i := range rows {
			for j := range cols {
				if to.Data[j*rows+i] != from.Data[i*from.Stride+j] {
					t.Fatalf("%d x %d: element %d, %d is %g, want %g", cols, rows, j, i, to.Data[j*rows+i], from.Data[i*from.Stride+j])
				}
			}
		}
	}
}

func TestTransposeAllocatesNothing(t *testing.T) {
	from, to := Matrix{70, 80, 80, make([]float32, 5600)}, Matrix{80, 70, 70, make([]float32, 5600)}
	if n := testing.AllocsPerRun(3, func() { Transpose(to, from, 0, 80) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
