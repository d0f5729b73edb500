package wire

import "embed"

// Source is the package as a compiled cell is built with it.
//
//go:embed buffers.go call.go decode.go encode.go errors.go frame.go graph.go shape.go
var Source embed.FS
