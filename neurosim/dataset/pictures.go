package dataset

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // the formats that a folder of images may have
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const folderName = "folder"

// Folder is a set of image files of one's own: PNG, JPEG or GIF, all of one size,
//
//	PATH/train/CLASS/any.png    PATH/test/CLASS/any.png
//
// with 2 to 256 classes, numbered in the order of their folders' names, and the images
// of a class in the order of theirs. They have one channel when all are grey, else red,
// green and blue. The images are read once a process.
func Folder(path string) Set { return Set{Name: folderName, Path: path} }

// pictures makes the sets of [Folder].
type pictures struct{}

func (pictures) counts(Set) (train, test int) { return maxImages, maxImages }

func (pictures) validate(s Set) error {
	if s.Path == "" {
		return fmt.Errorf("dataset: Path: \"\" names no folder; allowed: one with the folders train and test")
	}
	return nil
}

func (pictures) load(ctx context.Context, s Set) (*Data, error) {
	classes, err := classFolders(s.Path)
	if err != nil {
		return nil, err
	}
	a := album{classes: classes, grey: true}
	var halves [2][]picture
	for i, name := range []string{"train", "test"} {
		if halves[i], err = a.read(ctx, filepath.Join(s.Path, name)); err != nil {
			return nil, err
		}
	}
	channels := 3
	if a.grey {
		channels = 1
	}
	common := shaped{classes: len(classes), shape: [3]int{channels, a.size.Y, a.size.X}}
	train, test := a.part(halves[0]), a.part(halves[1])
	for _, half := range []struct {
		field string
		n     *int
		have  int
	}{{"Train", &s.Train, len(train.labels)}, {"Test", &s.Test, len(test.labels)}} {
		if err := checkCount(half.field, *half.n, half.have, s.Path); err != nil {
			return nil, err
		}
		*half.n = orAll(*half.n, half.have)
	}
	return common.data(s, train, test), nil
}

// classFolders lists the classes of the training images.
func classFolders(path string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(path, "train"))
	if err != nil {
		return nil, fmt.Errorf("dataset: folder: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	if len(names) < 2 || len(names) > 256 {
		return nil, fmt.Errorf("dataset: %s: %d folders of classes; allowed: 2 to 256", filepath.Join(path, "train"), len(names))
	}
	return names, nil
}

// album is what the images of a folder have in common, as far as they have been read.
type album struct {
	classes []string
	size    image.Point // zero before the first
	first   string      // name of the image that has it
	grey    bool
}

// picture is one image: red, green and blue of each pixel.
type picture struct {
	class  uint8
	pixels []color.NRGBA
}

// read reads the images of a half, class by class.
func (a *album) read(ctx context.Context, dir string) ([]picture, error) {
	var all []picture
	for class, name := range a.classes {
		entries, err := os.ReadDir(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("dataset: folder: %w", err)
		}
		for _, e := range entries {
			if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			if ctx.Err() != nil {
				return nil, fmt.Errorf("dataset: %s: %w", dir, context.Cause(ctx))
			}
			pixels, err := a.decode(filepath.Join(dir, name, e.Name()))
			if err != nil {
				return nil, err
			}
			all = append(all, picture{uint8(class), pixels})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("dataset: %s: no images of the classes %s", dir, strings.Join(a.classes, ", "))
	}
	return all, nil
}

// decode reads an image and holds its size against that of the first.
func (a *album) decode(name string) ([]color.NRGBA, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("dataset: folder: %w", err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w; allowed: PNG, JPEG, GIF", name, err)
	}
	size := img.Bounds().Size()
	if a.first == "" {
		a.size, a.first = size, name
	}
	if size != a.size {
		return nil, fmt.Errorf("dataset: %s: %d x %d pixels, but %s has %d x %d; allowed: one size", name, size.X, size.Y, a.first, a.size.X, a.size.Y)
	}
	pixels := make([]color.NRGBA, 0, size.X*size.Y)
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			a.grey = a.grey && c.R == c.G && c.G == c.B
			pixels = append(pixels, c)
		}
	}
	return pixels, nil
}

// part lays the pixels of images out channel by channel.
func (a *album) part(images []picture) part {
	var p part
	for _, img := range images {
		p.labels = append(p.labels, img.class)
		for channel := range 3 {
			if channel > 0 && a.grey {
				break
			}
			p.pixels = slices.Grow(p.pixels, len(img.pixels))
			for _, c := range img.pixels {
				p.pixels = append(p.pixels, [3]byte{c.R, c.G, c.B}[channel])
			}
		}
	}
	return p
}
