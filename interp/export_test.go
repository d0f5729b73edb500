package interp

// Marking says whether lowered code stores its line.
const Marking = marking
