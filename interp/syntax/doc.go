// Package syntax reads, copies and writes pieces of Go's syntax trees: types and
// constants of the type checker as code, receivers, instances.
package syntax
