// Package clients tests the built binary behind the clients that people use:
// nbconvert, jupyter console, the classic notebook in a real browser and the
// official kernel test suite. It holds no code of the product; its tests build
// the binary, install it into a folder of their own and fail, with the packages
// to install, where a client is missing.
package clients
