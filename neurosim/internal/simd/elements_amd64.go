package simd

// Each says whether it did.

func largestGroups(e *elements) bool {
	if updateLanes == 16 {
		largestAVX512(e)
	} else {
		largestAVX2(e)
	}
	return true
}

func sumGroups(e *elements) bool {
	if updateLanes == 16 {
		sumAVX512(e)
	} else {
		sumAVX2(e)
	}
	return true
}

func scaleGroups(e *elements) bool {
	if updateLanes == 16 {
		scaleAVX512(e)
	} else {
		scaleAVX2(e)
	}
	return true
}

func addGroups(e *elements) bool {
	if updateLanes == 16 {
		addAVX512(e)
	} else {
		addAVX2(e)
	}
	return true
}

func addSizesGroups(e *elements) bool {
	if updateLanes == 16 {
		addSizesAVX512(e)
	} else {
		addSizesAVX2(e)
	}
	return true
}

func chooseGroups(e *elements) bool {
	if updateLanes == 16 {
		chooseAVX512(e)
	} else {
		chooseAVX2(e)
	}
	return true
}

func splitGroups(e *elements) bool {
	if updateLanes == 16 {
		splitAVX512(e)
	} else {
		splitAVX2(e)
	}
	return true
}

func rectifyGroups(e *elements) bool {
	if updateLanes == 16 {
		rectifyAVX512(e)
	} else {
		rectifyAVX2(e)
	}
	return true
}

func gateGroups(e *elements) bool {
	if updateLanes == 16 {
		gateAVX512(e)
	} else {
		gateAVX2(e)
	}
	return true
}

func beyondGroups(e *elements) bool {
	if updateLanes == 16 {
		beyondAVX512(e)
	}
	return updateLanes == 16
}

func stopGroups(e *elements) bool {
	if updateLanes == 16 {
		stopAVX512(e)
	}
	return updateLanes == 16
}

//go:noescape
func largestAVX2(e *elements)

//go:noescape
func largestAVX512(e *elements)

//go:noescape
func sumAVX2(e *elements)

//go:noescape
func sumAVX512(e *elements)

//go:noescape
func scaleAVX2(e *elements)

//go:noescape
func scaleAVX512(e *elements)

//go:noescape
func addAVX2(e *elements)

//go:noescape
func addSizesAVX512(e *elements)

//go:noescape
func addSizesAVX2(e *elements)

//go:noescape
func chooseAVX512(e *elements)

//go:noescape
func chooseAVX2(e *elements)

//go:noescape
func addAVX512(e *elements)

//go:noescape
func splitAVX2(e *elements)

//go:noescape
func splitAVX512(e *elements)

//go:noescape
func rectifyAVX2(e *elements)

//go:noescape
func rectifyAVX512(e *elements)

//go:noescape
func gateAVX2(e *elements)

//go:noescape
func gateAVX512(e *elements)

//go:noescape
func beyondAVX512(e *elements)

//go:noescape
func stopAVX512(e *elements)
