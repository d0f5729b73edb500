package dataset

import (
	"context"
	"errors"
	"fmt"
)

// Set names a data set; it is plain data and loads nothing. The zero Set is
// [FashionSample].
//
// A count below the set's size takes the first images of every class in the
// order of the file, equally many of each (one more of the lowest classes when
// the count is no multiple of them), so that a small set is as balanced as the
// full one and the same on every run.
type Set struct {
	Name  string // "fashion-sample", "fashion-mnist", "mnist"; "" means "fashion-sample"
	Train int    // training images used; 0: all
	Test  int    // test images used; 0: all
}

// Data is a loaded set. It is shared by all who load the same Set, so nobody
// may change it.
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

// Len is the number of images.
func (s Split) Len() int { return len(s.Labels) }

// FashionSample is the part of Fashion-MNIST inside the binary: 6,000 training
// and 1,000 test images of 28 x 28 pixels, 600 and 100 of each of ten classes.
// They are the images that FashionMNIST takes with the same counts.
func FashionSample() Set { return Set{Name: "fashion-sample"} }

// FashionMNIST is the full set of 60,000 training and 10,000 test images of
// articles of clothing, 28 x 28 pixels in ten classes.
func FashionMNIST() Set { return Set{Name: "fashion-mnist"} }

// MNIST is the full set of 60,000 training and 10,000 test images of
// handwritten digits, 28 x 28 pixels in ten classes.
func MNIST() Set { return Set{Name: "mnist"} }

// String is the name with the counts that limit it: "fashion-mnist (6000
// training, all test images)".
func (s Set) String() string {
	if s.Name == "" {
		s.Name = FashionSample().Name
	}
	if s.Train == 0 && s.Test == 0 {
		return s.Name
	}
	count := func(n int) string {
		if n == 0 {
			return "all"
		}
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s (%s training, %s test images)", s.Name, count(s.Train), count(s.Test))
}

// Validate says what is wrong with the set, all of it at once: the field, its
// value and what is allowed. It reads no file.
func (s Set) Validate() error {
	src, err := sourceOf(s.Name)
	if err != nil {
		return err
	}
	return errors.Join(
		checkCount("Train", s.Train, src.train.count, src.name),
		checkCount("Test", s.Test, src.test.count, src.name),
	)
}

func checkCount(field string, n, most int, name string) error {
	if n < 0 || n > most {
		return fmt.Errorf("dataset: %s: %d is outside 0..%d (%s has %d; 0 means all)", field, n, most, name, most)
	}
	return nil
}

// Load reads the set, downloading it when this machine has no copy. The same
// Set is read once a process; callers share the result. It ends with ctx's
// error when ctx is cancelled, while waiting for another caller too.
func (s Set) Load(ctx context.Context) (*Data, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	src, err := sourceOf(s.Name)
	if err != nil {
		return nil, err
	}
	// The key has the counts spelt out, so that "all" and the full count share
	// one copy.
	key := Set{Name: src.name, Train: s.Train, Test: s.Test}
	if key.Train == 0 {
		key.Train = src.train.count
	}
	if key.Test == 0 {
		key.Test = src.test.count
	}
	return loaded.get(ctx, key, func() (*Data, error) { return src.load(ctx, key) })
}
