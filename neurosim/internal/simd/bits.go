package simd

import "unsafe"

// FillBits sets the words of a line of [ColumnRead]'s Bits, [ColumnWords] for each of up to
// sixteen digits, to the binary digits of whole numbers, one for each row.
func FillBits(words []uint32, whole []float32) {
	clear(words)
	done := 0
	if b := (filling{unsafe.SliceData(whole), unsafe.SliceData(words), uint64(len(whole) / 16), uint64(len(words) / ColumnWords)}); b.groups > 0 && b.digits > 0 && updateLanes == 16 {
		fillBitsGroups(&b)
		done = len(whole) &^ 15
	}
	// Eight numbers become eight words of a bit each by turning a square of bits (H. S.
	// Warren, "Hacker's delight", 2nd edition, section 7-3).
	for i := done; i < len(whole); i += 8 {
		var low, high uint64
		for k, v := range whole[i:min(i+8, len(whole))] {
			n := uint64(v)
			low |= n & 0xFF << (8 * k)
			high |= n >> 8 << (8 * k)
		}
		spread8(words, turn8(low), i)
		if len(words) > 8*ColumnWords {
			spread8(words[8*ColumnWords:], turn8(high), i)
		}
	}
}

// filling is what the kernel of FillBits reads. The generator spells out its layout.
type filling struct {
	whole          *float32
	words          *uint32
	groups, digits uint64
}

// spread8 puts the bytes of x, one for each digit, into the words at bit i.
func spread8(words []uint32, x uint64, i int) {
	for at := i / 32; at < len(words) && x != 0; at += ColumnWords {
		words[at] |= uint32(x&0xFF) << (i % 32)
		x >>= 8
	}
}

// turn8 exchanges rows and columns of eight by eight bits.
func turn8(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00AA00AA00AA00AA
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000CCCC0000CCCC
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000F0F0F0F0
	return x ^ t ^ t<<28
}
