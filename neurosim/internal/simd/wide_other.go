//go:build !amd64

package simd

const hasWide = false

func runWide(*wideTile) { panic("simd: no wide products on this processor") }
