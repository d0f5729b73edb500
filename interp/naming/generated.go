package naming

// Support is the package of the functions that lowered cells call. It exists
// only in the interpreter.
const Support = "crossbook/session"

// LineVariable is where lowered code stores its line.
const LineVariable = "line__"

// MarkBase separates the number of a cell from that of a line in a mark.
const MarkBase = 1 << 20

// SelfMethod returns the struct that it is called on.
const SelfMethod = "Self__"
