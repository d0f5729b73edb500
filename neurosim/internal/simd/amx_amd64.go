package simd

import "golang.org/x/sys/cpu"

// hasTiles says whether the processor multiplies tiles of whole numbers (AMX), and the
// system lets this process do so; a test denies it.
var hasTiles = hasVNNI && cpu.X86.HasAMXTile && cpu.X86.HasAMXInt8 && mayUseTiles()
