package simd

import "golang.org/x/sys/cpu"

// hasColumns says whether the processor counts the bits of vectors.
var hasColumns = cpu.X86.HasAVX512F && cpu.X86.HasAVX512VPOPCNTDQ

// fastRead makes the reads, if this processor can.
func (c *ColumnRead) fastRead() bool {
	if !hasColumns {
		return false
	}
	raw := c.raw()
	switch c.Planes { // called by name, the kernels let nothing escape
	case 1:
		readColumns1AVX512(&raw)
	case 2:
		readColumns2AVX512(&raw)
	case 3:
		readColumns3AVX512(&raw)
	case 4:
		readColumns4AVX512(&raw)
	}
	return true
}

// fastSpan finds the spans, if this processor can.
func (c *ColumnRead) fastSpan() bool {
	if !hasColumns {
		return false
	}
	raw := c.raw()
	switch c.Planes {
	case 1:
		spanColumns1AVX512(&raw)
	case 2:
		spanColumns2AVX512(&raw)
	case 3:
		spanColumns3AVX512(&raw)
	case 4:
		spanColumns4AVX512(&raw)
	}
	return true
}

//go:noescape
func readColumns1AVX512(c *columnRead)

//go:noescape
func readColumns2AVX512(c *columnRead)

//go:noescape
func readColumns3AVX512(c *columnRead)

//go:noescape
func readColumns4AVX512(c *columnRead)

//go:noescape
func spanColumns1AVX512(c *columnRead)

//go:noescape
func spanColumns2AVX512(c *columnRead)

//go:noescape
func spanColumns3AVX512(c *columnRead)

//go:noescape
func spanColumns4AVX512(c *columnRead)
