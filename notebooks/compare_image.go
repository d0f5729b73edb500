package notebooks

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/gif"  // decoders of what a
	_ "image/jpeg" // notebook can
	_ "image/png"  // hold
	"strings"
)

// visible is how far a channel of a pixel may move, of 65535, before a picture
// counts as changed there: letters and lines are smoothed a little otherwise
// on other processors.
const visible = 65535 / 16

func isRaster(mime string) bool {
	return strings.HasPrefix(mime, "image/") && mime != "image/svg+xml"
}

// raster compares two pictures in base64 by their pixels.
func (r rule) raster(mime, stored, again string) []Difference {
	if stored == again {
		return nil
	}
	old, oldErr := decodeImage(stored)
	now, newErr := decodeImage(again)
	switch {
	case oldErr != nil:
		return []Difference{{Where: mime, What: fmt.Sprintf("the stored picture cannot be read: %v", oldErr)}}
	case newErr != nil:
		return []Difference{{Where: mime, What: fmt.Sprintf("the new picture cannot be read: %v", newErr)}}
	case old.Bounds().Size() != now.Bounds().Size():
		return []Difference{{Where: mime, What: fmt.Sprintf("the size %v became %v", old.Bounds().Size(), now.Bounds().Size())}}
	}
	changed, box := changedPixels(old, now)
	size := old.Bounds().Size()
	share := float64(changed) / float64(max(size.X*size.Y, 1))
	if share <= r.Pixels {
		return nil
	}
	return []Difference{{Where: mime, What: fmt.Sprintf("%.2g %% of the pixels differ (allowed %.2g %%), all within %v", 100*share, 100*r.Pixels, box)}}
}

func decodeImage(text string) (image.Image, error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	return img, err
}

// changedPixels counts the pixels that look different in two pictures of the
// same size, and returns the rectangle that holds them.
func changedPixels(a, b image.Image) (count int, box image.Rectangle) {
	size := a.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			if differs(a, b, image.Pt(x, y)) {
				count++
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return count, box
}

func differs(a, b image.Image, at image.Point) bool {
	p, q := at.Add(a.Bounds().Min), at.Add(b.Bounds().Min)
	r1, g1, b1, a1 := a.At(p.X, p.Y).RGBA()
	r2, g2, b2, a2 := b.At(q.X, q.Y).RGBA()
	return far(r1, r2) || far(g1, g2) || far(b1, b2) || far(a1, a2)
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > visible }
