package child

import "embed"

// Source is the package as a compiled cell is built with it.
//
//go:embed failure.go serve.go
var Source embed.FS
