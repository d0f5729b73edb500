package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// IDX magic numbers: two zero bytes, type 8 (unsigned byte), number of
// dimensions.
const (
	magicLabels = 0x00000801
	magicImages = 0x00000803
)

// Bounds on what a header may claim, far above any set known here.
const (
	maxImages = 1 << 24 // images or labels of one file
	maxPixels = 1 << 30 // bytes of one file's images
)

// readImages reads an IDX file of images, one byte a pixel: n images of rows x
// cols, row-major. Nothing may follow them.
func readImages(r io.Reader, name string) (pixels []byte, shape [3]int, err error) {
	head, err := readHeader(r, name, magicImages)
	if err != nil {
		return nil, shape, err
	}
	n, rows, cols := head[0], head[1], head[2]
	if n > maxImages || rows == 0 || cols == 0 || rows > maxPixels || cols > maxPixels/rows || (n > 0 && rows*cols > maxPixels/n) {
		return nil, shape, fmt.Errorf("dataset: %s: bytes 4..15: %d images of %d x %d pixels; allowed are at least 1 x 1, %d images and %d bytes in all",
			name, n, rows, cols, maxImages, maxPixels)
	}
	shape = [3]int{int(n), int(rows), int(cols)}
	pixels, err = readBody(r, name, 16, shape[0]*shape[1]*shape[2])
	return pixels, shape, err
}

// readLabels reads an IDX file of labels, all below classes. Nothing may follow
// them.
func readLabels(r io.Reader, name string, classes int) ([]uint8, error) {
	head, err := readHeader(r, name, magicLabels)
	if err != nil {
		return nil, err
	}
	if head[0] > maxImages {
		return nil, fmt.Errorf("dataset: %s: bytes 4..7: %d labels; allowed are %d", name, head[0], maxImages)
	}
	labels, err := readBody(r, name, 8, int(head[0]))
	if err != nil {
		return nil, err
	}
	for i, l := range labels {
		if int(l) >= classes {
			return nil, fmt.Errorf("dataset: %s: byte %d: label %d of image %d is outside 0..%d", name, 8+i, l, i, classes-1)
		}
	}
	return labels, nil
}

// readHeader reads the magic number and as many dimensions as it announces.
func readHeader(r io.Reader, name string, magic uint32) ([]uint32, error) {
	raw := make([]byte, 4+4*(magic&0xff))
	n, err := io.ReadFull(r, raw)
	if err != nil && !endsEarly(err) {
		return nil, fmt.Errorf("dataset: %s: header: %w", name, err)
	}
	if n >= 4 {
		if got := binary.BigEndian.Uint32(raw); got != magic {
			return nil, fmt.Errorf("dataset: %s: bytes 0..3: magic number %#08x, want %#08x (IDX, unsigned bytes, %d dimensions)", name, got, magic, magic&0xff)
		}
	}
	if n < len(raw) {
		return nil, fmt.Errorf("dataset: %s: cut short: %d bytes of a header of %d", name, n, len(raw))
	}
	dims := make([]uint32, magic&0xff)
	for i := range dims {
		dims[i] = binary.BigEndian.Uint32(raw[4+4*i:])
	}
	return dims, nil
}

// readBody reads size bytes and demands the end of the file after them. Memory
// grows with what arrives, not with what the header claims.
func readBody(r io.Reader, name string, start, size int) ([]byte, error) {
	body := make([]byte, 0, min(size, 1<<20))
	for len(body) < size {
		if len(body) == cap(body) {
			grown := make([]byte, len(body), min(size, 2*cap(body)))
			copy(grown, body)
			body = grown
		}
		n, err := io.ReadFull(r, body[len(body):cap(body)])
		body = body[:len(body)+n]
		if endsEarly(err) {
			return nil, fmt.Errorf("dataset: %s: cut short at byte %d of %d", name, start+len(body), start+size)
		}
		if err != nil {
			return nil, fmt.Errorf("dataset: %s: byte %d: %w", name, start+len(body), err)
		}
	}
	switch _, err := io.ReadFull(r, make([]byte, 1)); {
	case err == nil:
		return nil, fmt.Errorf("dataset: %s: bytes after the end: the header announces %d bytes, the file goes on", name, start+size)
	case errors.Is(err, io.ErrUnexpectedEOF): // the packed file ends in its trailer
		return nil, fmt.Errorf("dataset: %s: cut short after byte %d of %d", name, start+size, start+size)
	case !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("dataset: %s: byte %d: %w", name, start+size, err)
	}
	return body, nil
}

func endsEarly(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
