package naming

// Support is the package of the functions that lowered cells call. It exists
// only in the interpreter.
const Support = "crossbook/session"

// LineVariable is where lowered code stores its line, StepVariable where a cell stores
// that of its own statement.
const (
	LineVariable = "line__"
	StepVariable = "step__"
)

// MarkBase separates the number of a cell from that of a line in a mark.
const MarkBase = 1 << 20

// UnwrapMethod is what a method Unwrap that returns several errors is called too,
// which tells it from one that returns a single one.
const UnwrapMethod = "UnwrapAll__"

// SelfMethod returns the struct that it is called on.
const SelfMethod = "Self__"
