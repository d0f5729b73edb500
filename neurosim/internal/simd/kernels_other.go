//go:build !amd64 && !arm64

package simd

// detect lists the sets that this processor runs, the fastest first.
func detect() []*kernels { return []*kernels{portable} }
