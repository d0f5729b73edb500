package simd

// runFours is runGrid for processors with VNNI, for groups of four fours.
func runFours(t *gridTile, height int) {
	switch height {
	case 1:
		gridVNNI_1(t)
	case 2:
		gridVNNI_2(t)
	case 3:
		gridVNNI_3(t)
	case 4:
		gridVNNI_4(t)
	case 5:
		gridVNNI_5(t)
	case 6:
		gridVNNI_6(t)
	case 7:
		gridVNNI_7(t)
	case 8:
		gridVNNI_8(t)
	case 9:
		gridVNNI_9(t)
	case 10:
		gridVNNI_10(t)
	case 11:
		gridVNNI_11(t)
	case 12:
		gridVNNI_12(t)
	case 13:
		gridVNNI_13(t)
	case 14:
		gridVNNI_14(t)
	case 15:
		gridVNNI_15(t)
	case 16:
		gridVNNI_16(t)
	}
}

//go:noescape
func gridVNNI_1(t *gridTile)

//go:noescape
func gridVNNI_2(t *gridTile)

//go:noescape
func gridVNNI_3(t *gridTile)

//go:noescape
func gridVNNI_4(t *gridTile)

//go:noescape
func gridVNNI_5(t *gridTile)

//go:noescape
func gridVNNI_6(t *gridTile)

//go:noescape
func gridVNNI_7(t *gridTile)

//go:noescape
func gridVNNI_8(t *gridTile)

//go:noescape
func gridVNNI_9(t *gridTile)

//go:noescape
func gridVNNI_10(t *gridTile)

//go:noescape
func gridVNNI_11(t *gridTile)

//go:noescape
func gridVNNI_12(t *gridTile)

//go:noescape
func gridVNNI_13(t *gridTile)

//go:noescape
func gridVNNI_14(t *gridTile)

//go:noescape
func gridVNNI_15(t *gridTile)

//go:noescape
func gridVNNI_16(t *gridTile)
