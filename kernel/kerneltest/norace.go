//go:build !race

package kerneltest

// RaceDetector tells whether the tests run under the race detector.
const RaceDetector = false
