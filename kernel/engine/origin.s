// A function of the runtime is declared without a body in origin.go, which the
// compiler allows in packages that have a file in assembly.
