package world

import "go/token"

// parsed is a file of the cell under way in Fset.
type parsed struct {
	file     *token.File
	declares bool
}

// Parsed notes that the cell under way has a file in Fset, which begins at base, and
// whether that has declarations: of those, later messages may tell the place.
func (w *World) Parsed(base int, declares bool) {
	w.parsed = append(w.parsed, parsed{w.Fset.File(token.Pos(base)), declares})
}

// Settle takes those files of the cell that has ended out of Fset which nobody needs
// any more: its statements', or all if it was rejected. Each takes some 300 bytes, and
// more of the heap, where what stays lies between what goes.
func (w *World) Settle(accepted bool) {
	for _, p := range w.parsed {
		if p.file != nil && !(accepted && p.declares) {
			w.Fset.RemoveFile(p.file)
		}
	}
	w.parsed = w.parsed[:0]
}
