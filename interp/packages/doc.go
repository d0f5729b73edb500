// Package packages finds what cells can import and gives its types: compiled
// packages of a library, and packages of the notebook's module, which it reads as
// source, checks, and rewrites as declarations of a session.
package packages
