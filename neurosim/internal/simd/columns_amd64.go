package simd

import "golang.org/x/sys/cpu"

// columnKernels is the kernels by bits of a cell, less one; a test takes others.
var columnKernels = bestColumns()

// columnSet is an instruction set's kernels of column reads.
type columnSet struct{ wide, narrow bool }

func bestColumns() columnSet {
	return columnSet{
		wide:   cpu.X86.HasAVX512F && cpu.X86.HasAVX512VPOPCNTDQ,
		narrow: cpu.X86.HasAVX2 && cpu.X86.HasFMA,
	}
}

// fastRead makes the reads, if this processor can.
func (c *ColumnRead) fastRead() bool {
	if !columnKernels.wide && !columnKernels.narrow {
		return false
	}
	raw := c.raw()
	if columnKernels.wide {
		c.read16(&raw)
	} else {
		c.read8(&raw)
	}
	return true
}

// read16 is by AVX-512. Called by name, the kernels let nothing escape.
func (c *ColumnRead) read16(raw *columnRead) {
	switch c.Planes {
	case 1:
		readColumns1AVX512(raw)
	case 2:
		readColumns2AVX512(raw)
	case 3:
		readColumns3AVX512(raw)
	case 4:
		readColumns4AVX512(raw)
	}
}

// read8 is by AVX2.
func (c *ColumnRead) read8(raw *columnRead) {
	switch c.Planes {
	case 1:
		readColumns1AVX2(raw)
	case 2:
		readColumns2AVX2(raw)
	case 3:
		readColumns3AVX2(raw)
	case 4:
		readColumns4AVX2(raw)
	}
}

// fastSpan finds the spans, if this processor can.
func (c *ColumnRead) fastSpan() bool {
	if !columnKernels.wide && !columnKernels.narrow {
		return false
	}
	raw := c.raw()
	if columnKernels.wide {
		c.span16(&raw)
	} else {
		c.span8(&raw)
	}
	return true
}

func (c *ColumnRead) span16(raw *columnRead) {
	switch c.Planes {
	case 1:
		spanColumns1AVX512(raw)
	case 2:
		spanColumns2AVX512(raw)
	case 3:
		spanColumns3AVX512(raw)
	case 4:
		spanColumns4AVX512(raw)
	}
}

func (c *ColumnRead) span8(raw *columnRead) {
	switch c.Planes {
	case 1:
		spanColumns1AVX2(raw)
	case 2:
		spanColumns2AVX2(raw)
	case 3:
		spanColumns3AVX2(raw)
	case 4:
		spanColumns4AVX2(raw)
	}
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
func readColumns1AVX2(c *columnRead)

//go:noescape
func readColumns2AVX2(c *columnRead)

//go:noescape
func readColumns3AVX2(c *columnRead)

//go:noescape
func readColumns4AVX2(c *columnRead)

//go:noescape
func spanColumns1AVX512(c *columnRead)

//go:noescape
func spanColumns2AVX512(c *columnRead)

//go:noescape
func spanColumns3AVX512(c *columnRead)

//go:noescape
func spanColumns4AVX512(c *columnRead)

//go:noescape
func spanColumns1AVX2(c *columnRead)

//go:noescape
func spanColumns2AVX2(c *columnRead)

//go:noescape
func spanColumns3AVX2(c *columnRead)

//go:noescape
func spanColumns4AVX2(c *columnRead)

func (t *TableRead) fastRead(raw *tableRead) {
	switch t.Planes {
	case 1:
		readTables1AVX2(raw)
	case 2:
		readTables2AVX2(raw)
	case 3:
		readTables3AVX2(raw)
	case 4:
		readTables4AVX2(raw)
	}
}

//go:noescape
func readTables1AVX2(t *tableRead)

//go:noescape
func readTables2AVX2(t *tableRead)

//go:noescape
func readTables3AVX2(t *tableRead)

//go:noescape
func readTables4AVX2(t *tableRead)
