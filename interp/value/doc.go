// Package value knows how values of the session's types look at run time: structs
// without names, marked by a tag, in shells of the interpreter and wrappers of
// compiled interfaces. It takes them out, compares them and prints them as Go does.
package value
