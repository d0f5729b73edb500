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
	// Name is "fashion-sample", "digits", "fashion-mnist", "mnist", "cifar-10",
	// "cifar-100", "synthetic", "folder" or "npz"; "" means "fashion-sample".
	Name  string
	Train int // training images used; 0: all
	Test  int // test images used; 0: all

	Path      string    `json:",omitzero"` // of the images, with Name "folder", or of the file, with Name "npz"
	Synthetic Synthetic `json:",omitzero"` // with Name "synthetic"
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

// Digits is the set of 1,797 handwritten digits of 8 x 8 pixels, 17 greys and ten
// classes inside the binary: the first 1,437 are for training, the last 360, by other
// writers, for the test (E. Alpaydin and C. Kaynak, Optical Recognition of
// Handwritten Digits, UCI Machine Learning Repository, 1998).
func Digits() Set { return Set{Name: "digits"} }

// CIFAR10 is the set of 50,000 training and 10,000 test photographs, 32 x 32 pixels
// of three colours in ten classes (A. Krizhevsky, Learning multiple layers of features
// from tiny images, 2009).
func CIFAR10() Set { return Set{Name: "cifar-10"} }

// CIFAR100 is CIFAR10 with other photographs in a hundred classes.
func CIFAR100() Set { return Set{Name: "cifar-100"} }

// String is the name with the counts that limit it: "fashion-mnist (6000
// training, all test images)".
func (s Set) String() string {
	if s.Name == "" {
		s.Name = FashionSample().Name
	}
	name := s.Name
	if s.Path != "" {
		name += " " + s.Path
	}
	if s.Train == 0 && s.Test == 0 {
		return name
	}
	count := func(n int) string {
		if n == 0 {
			return "all"
		}
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s (%s training, %s test images)", name, count(s.Train), count(s.Test))
}

// Validate says what is wrong with the set, all of it at once: the field, its
// value and what is allowed. It reads no file, so that too large a count of a folder's
// or an archive's images comes to light in Load.
func (s Set) Validate() error {
	m, err := s.maker()
	if err != nil {
		return err
	}
	train, test := m.counts(s)
	problems := []error{checkCount("Train", s.Train, train, s.Name), checkCount("Test", s.Test, test, s.Name)}
	if s.Path != "" && s.Name != folderName && s.Name != npzName {
		problems = append(problems, fmt.Errorf("dataset: Path: %q with the set %q; allowed: \"\", or the Name %q or %q", s.Path, s.Name, folderName, npzName))
	}
	if s.Synthetic != (Synthetic{}) && s.Name != syntheticName {
		problems = append(problems, fmt.Errorf("dataset: Synthetic: %+v with the set %q; allowed: zero, or the Name %q", s.Synthetic, s.Name, syntheticName))
	}
	return errors.Join(append(problems, m.validate(s))...)
}

func checkCount(field string, n, most int, name string) error {
	if n < 0 || n > most {
		return fmt.Errorf("dataset: %s: %d is outside 0..%d (%s has %d; 0 means all)", field, n, most, name, most)
	}
	return nil
}

// maker brings sets of one kind into memory.
type maker interface {
	counts(s Set) (train, test int) // how many images there are, at most
	validate(s Set) error           // but for Name and counts
	load(ctx context.Context, s Set) (*Data, error)
}

// maker finds what makes the set, by its name.
func (s Set) maker() (maker, error) {
	switch s.Name {
	case folderName:
		return pictures{}, nil
	case npzName:
		return archive{}, nil
	case syntheticName:
		return generator{}, nil
	}
	return sourceOf(s.Name)
}

// Load reads the set, downloading it when this machine has no copy. The same
// Set is read once a process; callers share the result. It ends with ctx's
// error when ctx is cancelled, while waiting for another caller too.
func (s Set) Load(ctx context.Context) (*Data, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	m, err := s.maker()
	if err != nil {
		return nil, err
	}
	// The key has the counts spelt out, so that "all" and the full count share
	// one copy.
	key := s
	if key.Name == "" {
		key.Name = FashionSample().Name
	}
	if train, test := m.counts(s); key.Name != folderName && key.Name != npzName {
		key.Train, key.Test = orAll(s.Train, train), orAll(s.Test, test)
	}
	return loaded.get(ctx, key, func() (*Data, error) { return m.load(ctx, key) })
}

// orAll is n, or all when that is 0.
func orAll(n, all int) int {
	if n == 0 {
		return all
	}
	return n
}
