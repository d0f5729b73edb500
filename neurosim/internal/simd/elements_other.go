//go:build !amd64

package simd

// There are no kernels of single passes here.

func largestGroups(*elements) bool { return false }

func addGroups(*elements) bool { return false }

func addSizesGroups(*elements) bool { return false }

func chooseGroups(*elements) bool { return false }

func sumGroups(*elements) bool { return false }

func scaleGroups(*elements) bool { return false }

func splitGroups(*elements) bool { return false }

func rectifyGroups(*elements) bool { return false }

func gateGroups(*elements) bool { return false }

func beyondGroups(*elements) bool { return false }

func stopGroups(*elements) bool { return false }
