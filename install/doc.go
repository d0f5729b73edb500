// Package install registers the kernel with Jupyter: the kernelspec, a copy of
// the running binary and the logos in one folder, and the doctor who checks
// that all of it works.
package install

//go:generate go run ./logo
