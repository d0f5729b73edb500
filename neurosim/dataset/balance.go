package dataset

// balanced picks n of the images with these labels: from every class the first
// ones of the file, n/classes of each, one more of the lowest classes for the
// remainder. When a class has too few, the first images left over fill the gap.
// The picks keep the file's order.
func balanced(labels []uint8, classes, n int) []int {
	quota := make([]int, classes)
	for c := range quota {
		quota[c] = n / classes
		if c < n%classes {
			quota[c]++
		}
	}
	taken := make([]bool, len(labels))
	left := n
	for i, l := range labels {
		if quota[l] > 0 {
			quota[l]--
			taken[i] = true
			left--
		}
	}
	for i := 0; i < len(taken) && left > 0; i++ {
		if !taken[i] {
			taken[i] = true
			left--
		}
	}
	picks := make([]int, 0, n)
	for i, t := range taken {
		if t {
			picks = append(picks, i)
		}
	}
	return picks
}
