// Package lower rewrites a checked cell without generic code into Go that yaegi runs
// right: each form that yaegi rejects, or silently gets wrong, becomes one that it
// has. What needs help at run time calls functions of package run.
package lower
