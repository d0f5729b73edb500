package simd

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Subsets are those that a search number by number finds, and what is picked by them comes
// back to its place.
func TestSubset(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		var s Subset
		rapid.Check(t, func(t *rapid.T) {
			m := Matrix{Rows: rapid.IntRange(1, 9).Draw(t, "rows"), Cols: rapid.IntRange(1, 300).Draw(t, "columns")}
			m.Stride, m.Data = m.Cols, make([]float32, m.Rows*m.Cols)
			share := rapid.Float32Range(0, 1).Draw(t, "share")
			r := make([]float32, m.Cols)
			Uniform(r, [4]uint32{rapid.Uint32().Draw(t, "seed")}, [2]uint32{1, 2})
			var want []int32
			for j := range m.Cols {
				row := j % m.Rows * m.Cols
				if m.Data[row+j] = float32(math.Copysign(0, -1)); r[j] < share {
					m.Data[row+j] = r[j] + 1
					want = append(want, int32(j))
				}
			}
			if s.Find(m); !slices.Equal(s.List, want) {
				t.Fatalf("columns %v, want %v", s.List, want)
			}
			picked := Matrix{m.Rows, len(want), len(want), make([]float32, m.Rows*len(want))}
			s.Pick(picked, m)
			first := rapid.IntRange(0, m.Cols-1).Draw(t, "first")
			line := make([]float32, rapid.IntRange(0, m.Cols-first).Draw(t, "size"))
			for i := range m.Rows {
				row := picked.Data[i*len(want):][:len(want)]
				for k, j := range want {
					if row[k] != m.Data[i*m.Cols+int(j)] {
						t.Fatalf("picked %g from row %d, column %d, want %g", row[k], i, j, m.Data[i*m.Cols+int(j)])
					}
				}
				s.Spread(line, row, first)
				same(t, "spread", line, m.Data[i*m.Cols+first:][:len(line)])
			}
		})
	})
}
