// Package kerneltest drives a kernel as its clients do: over real ZeroMQ sockets,
// with every message checked against the protocol.
//
// [Start] runs a server over an interpreter within the test process, [Dial]
// connects a [Client] to any kernel. [Mock] is an interpreter with a language of
// one-word commands. [Commands] gives testscript a command that runs cells, so
// that a session with a kernel can be written down as a txtar file:
//
//	cell one
//	stdout '^hello$'
//	result '^42$'
//
//	-- one --
//	print hello
//	result 42
package kerneltest
