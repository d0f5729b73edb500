// Package emit makes a lowered cell the file that the interpreter gets.
package emit
