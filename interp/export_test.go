package interp

import "crossbook/interp/lower"

// Marking says whether lowered code stores its line.
const Marking = lower.Marking
