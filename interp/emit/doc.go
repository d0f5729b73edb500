// Package emit writes a lowered cell as the file that the interpreter gets.
package emit
