// Package split cuts the text of a cell into declarations and statements, which Go
// does not allow side by side at one level, and parses each piece with the
// positions that it has in the cell. It knows nothing of a session.
package split
