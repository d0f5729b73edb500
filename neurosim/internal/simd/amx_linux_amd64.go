package simd

import "golang.org/x/sys/unix"

// mayUseTiles asks the system for the tiles' registers, whose state it saves only for
// processes that asked (Linux, Documentation/arch/x86/xstate.rst).
func mayUseTiles() bool {
	const request, tileData = 0x1023, 18 // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
	_, _, fault := unix.RawSyscall(unix.SYS_ARCH_PRCTL, request, tileData, 0)
	return fault == 0
}
