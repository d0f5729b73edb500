// Package native makes compiled code of the cells that begin with %compile. It gathers
// the source of such a cell as a Go program, with what that needs of earlier cells,
// sorts what can be called from what stays inside, has package compiled build it, and
// puts stubs into the cell in the place of its functions. It knows which functions of
// the session are compiled, and builds them again when what they use is declared anew.
package native
