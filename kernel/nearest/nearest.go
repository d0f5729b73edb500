// Package nearest finds the names that are likely meant by a wrong one, for messages
// that end in "did you mean ...?".
package nearest

// Distance is the number of letters to be put in, taken out or replaced to make one
// text of another, in bytes (V. Levenshtein, "Binary codes capable of correcting
// deletions, insertions, and reversals", Soviet Physics Doklady 10, 1966).
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
