// Package assist helps in writing cells: completion, inspection, variables. It knows
// what the session's last cell left, its type-checked objects, which never change,
// and works on code that is not finished.
package assist
