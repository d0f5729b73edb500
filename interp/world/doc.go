// Package world keeps what the cells of a session have declared, in all versions: the
// newest of a name has it, an older one lives on under another name as long as
// something refers to it. It keeps no code: of a function its signature and where its
// source is, of a variable its type, of a constant its value.
package world
