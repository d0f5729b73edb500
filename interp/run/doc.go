// Package run has the interpreter yaegi and runs what cells have become: it gives
// compiled packages to the interpreter, compiles lowered files and executes them
// until they end or a context is cancelled, and answers what lowered code calls. It
// knows neither cells nor what they declare.
package run
