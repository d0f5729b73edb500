//go:build race

package kerneltest

// RaceDetector: it slows everything down many times over.
const RaceDetector = true
