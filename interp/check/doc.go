// Package check checks a cell with go/types in the world of its session, beside what
// earlier cells have declared, and by the rules that the compiler has beyond the type
// checker. It brings back the functions of earlier cells that use what the cell
// declares anew, and notes what later cells are checked against.
package check
