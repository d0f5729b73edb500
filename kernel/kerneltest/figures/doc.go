// Command figures measures a kernel as its clients see it, prints a table of what
// was measured beside what is wanted, and compares it with other kernels, each
// operation on one after the other in every round:
//
//	go run ./kernel/kerneltest/figures            the table
//	go run ./kernel/kerneltest/figures -against   and the comparison with ipykernel, where it is installed
//	go run ./kernel/kerneltest/figures -cells 100000   a soak of that many cells too
//
// The kernels run in processes of their own over unix sockets. Times are medians,
// with the best in brackets. It tells the load of the machine, which they depend on.
package main
