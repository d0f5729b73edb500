package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The instructions of AMX, which neither avo nor Go's assembler knows, are written byte by
// byte: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, TILELOADD,
// TDPBSSD and their like. A tile holds 16 rows of 64 bytes; there are eight, 0 to 7.

// amxTile is the number of a tile register.
type amxTile uint8

// The prefixes that tell instructions of one opcode apart.
const (
	prefixNone = iota
	prefix66
	prefixF3
	prefixF2
)

// tileConfig takes the shapes of all tiles from 64 bytes at the base, which is needed
// before any other of these instructions and ended by tileRelease.
func tileConfig(base reg.GPPhysical) {
	amx(amxCode{opcode: 0x49, modrm: []byte{encoding(base) & 7}, base: base})
}

// tileRelease gives the tiles back, so that the processor need not save them.
func tileRelease() { amx(amxCode{opcode: 0x49, modrm: []byte{0xC0}}) }

// tileZero clears a tile.
func tileZero(t amxTile) {
	amx(amxCode{prefix: prefixF2, opcode: 0x49, modrm: []byte{0xC0 | byte(t)<<3}})
}

// tileLoad loads a tile from memory: its rows lie a step of bytes apart.
func tileLoad(t amxTile, base, step reg.GPPhysical) { tileMemory(prefixF2, t, base, step) }

// tileStore stores a tile likewise.
func tileStore(t amxTile, base, step reg.GPPhysical) { tileMemory(prefixF3, t, base, step) }

func tileMemory(prefix byte, t amxTile, base, step reg.GPPhysical) {
	amx(amxCode{
		prefix: prefix, opcode: 0x4B, base: base, index: step,
		modrm: []byte{byte(t)<<3 | 4, encoding(step)&7<<3 | encoding(base)&7},
	})
}

// The products of whole numbers of 8 bits: element (i, j) of sum, of 32 bits, continues
// with those of bytes 4k to 4k+3 of row i of a and of bytes 4j to 4j+3 of row k of b. The
// letters tell whether a and b have signs.

func tileProductUU(sum, a, b amxTile) { tileProduct(prefixNone, sum, a, b) }

func tileProductSU(sum, a, b amxTile) { tileProduct(prefixF3, sum, a, b) }

func tileProductSS(sum, a, b amxTile) { tileProduct(prefixF2, sum, a, b) }

func tileProduct(prefix byte, sum, a, b amxTile) {
	amx(amxCode{prefix: prefix, opcode: 0x5E, vector: byte(b), modrm: []byte{0xC0 | byte(sum)<<3 | byte(a)}})
}

// amxCode is an instruction before it is encoded.
type amxCode struct {
	prefix, opcode, vector byte
	modrm                  []byte // and SIB
	base, index            reg.GPPhysical
}

// amx writes an instruction: a VEX prefix of three bytes (0F38 map, 128 bits, W0), the
// opcode and what follows.
func amx(c amxCode) {
	var inputs []operand.Op
	first := byte(0xE2)
	for _, r := range []struct {
		register reg.GPPhysical
		bit      byte
	}{{c.base, 0x20}, {c.index, 0x40}} {
		if r.register == nil {
			continue
		}
		inputs = append(inputs, r.register)
		if encoding(r.register) > 7 {
			first &^= r.bit
		}
	}
	code := []byte{0xC4, first, ^c.vector&15<<3 | c.prefix, c.opcode}
	for _, b := range append(code, c.modrm...) {
		Instruction(&ir.Instruction{Opcode: "BYTE", Operands: []operand.Op{operand.U8(b)}, Inputs: inputs})
	}
}

// encoding is the number of a register that may be a base or an index here: those that
// would need another form are not.
func encoding(r reg.GPPhysical) byte {
	n := byte(r.PhysicalIndex())
	if n&7 == 4 || n&7 == 5 {
		panic("gen: no base or index of a tile: " + r.Asm())
	}
	return n
}
