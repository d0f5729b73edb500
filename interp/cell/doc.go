// Package cell reads cells, and packages of the notebook's module: it makes one file of
// their pieces, as Go has it. Variables of the top level become those of a package,
// statements the body of a function, names of the module's packages those of the
// session.
package cell
