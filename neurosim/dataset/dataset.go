// Package dataset has the image sets that networks learn from: a part of
// Fashion-MNIST inside the binary, and loaders of full sets.
package dataset

// Set names a data set; it is plain data and loads nothing. Zero counts mean
// all images that the set has.
type Set struct {
	Name  string // "fashion-sample", "fashion-mnist"
	Train int    // training images used; 0: all
	Test  int    // test images used; 0: all
}

// Data is a loaded set.
type Data struct {
	Name     string
	Checksum string // SHA-256 over the images and labels in use, hex
	Classes  int
	Shape    [3]int // channels, rows, columns of an image
	Train    Split
	Test     Split
}

// Split is one half of a set: n images, one a row, with n labels.
type Split struct {
	Images []float32 // n x features, row-major, 0..1
	Labels []uint8   // class numbers
}
