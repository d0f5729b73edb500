package dataset

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"os"
	"strings"
	"testing"
)

func mustLoad(t *testing.T, s Set) *Data {
	t.Helper()
	data, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFashionSample(t *testing.T) {
	data := mustLoad(t, FashionSample())
	if data.Name != "fashion-sample" || data.Classes != 10 || data.Shape != [3]int{1, 28, 28} {
		t.Errorf("got %s, %d classes, shape %v", data.Name, data.Classes, data.Shape)
	}
	for _, half := range []struct {
		split Split
		each  int
	}{{data.Train, 600}, {data.Test, 100}} {
		if len(half.split.Images) != half.split.Len()*784 {
			t.Errorf("%d pixels for %d images", len(half.split.Images), half.split.Len())
		}
		for class, n := range perClass(half.split.Labels, 10) {
			if n != half.each {
				t.Errorf("class %d has %d images, want %d", class, n, half.each)
			}
		}
	}
	// The published mean and deviation of the full set are 0.2860 and 0.3530.
	mean, deviation := moments(data.Train.Images)
	if math.Abs(mean-0.2860) > 0.005 || math.Abs(deviation-0.3530) > 0.005 {
		t.Errorf("mean %.4f, deviation %.4f; a sample of Fashion-MNIST has about 0.286 and 0.353", mean, deviation)
	}
	const want = "e5ec5c746530a85ce03ea72be3e20671e45587765534d8f640ed077fb56ab1c8"
	if data.Checksum != want {
		t.Errorf("checksum %s, want %s", data.Checksum, want)
	}
}

func TestZeroSetIsTheSample(t *testing.T) {
	if mustLoad(t, Set{}) != mustLoad(t, FashionSample()) {
		t.Error("the zero Set and FashionSample are read separately")
	}
	full := Set{Name: "fashion-sample", Train: 6000, Test: 1000}
	if mustLoad(t, full) != mustLoad(t, FashionSample()) {
		t.Error("all images by count and by zero are read separately")
	}
}

// The checksum must not depend on how floats are made of the bytes.
func TestChecksumIsOverBytesInUse(t *testing.T) {
	data := mustLoad(t, Set{Train: 30, Test: 10})
	sum := sha256.New()
	for _, split := range []Split{data.Train, data.Test} {
		sum.Write(binary.BigEndian.AppendUint64(nil, uint64(split.Len())))
		for _, v := range split.Images {
			sum.Write([]byte{byte(math.Round(float64(v) * 255))})
		}
		sum.Write(split.Labels)
	}
	if want := hex.EncodeToString(sum.Sum(nil)); data.Checksum != want {
		t.Errorf("checksum %s, want %s", data.Checksum, want)
	}
	if other := mustLoad(t, Set{Train: 20, Test: 10}); other.Checksum == data.Checksum {
		t.Error("20 and 30 images have the same checksum")
	}
}

func TestPrefixIsPartOfLargerPrefix(t *testing.T) {
	small, all := mustLoad(t, Set{Train: 50, Test: 1}), mustLoad(t, Set{})
	seen := map[[784]float32]bool{}
	for i := range all.Train.Len() {
		seen[[784]float32(all.Train.Images[i*784:])] = true
	}
	for i := range small.Train.Len() {
		if !seen[[784]float32(small.Train.Images[i*784:])] {
			t.Errorf("image %d of the small set is not in the large one", i)
		}
	}
	for class, n := range perClass(small.Train.Labels, 10) {
		if n != 5 {
			t.Errorf("class %d has %d images, want 5", class, n)
		}
	}
	if small.Test.Len() != 1 {
		t.Errorf("%d test images, want 1", small.Test.Len())
	}
}

// The sample must be what its maker takes from the full set.
func TestSampleIsPartOfTheFullSet(t *testing.T) {
	src, err := sourceOf("fashion-mnist")
	if err != nil {
		t.Fatal(err)
	}
	if place := (folder{name: src.debianDir, fs: os.DirFS(src.debianDir)}); !place.has(src.files()) {
		t.Fatal("the full set is missing: run .ci/needs, or apt-get install dataset-fashion-mnist")
	}
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	full := FashionMNIST()
	full.Train, full.Test = 6000, 1000
	if got, want := mustLoad(t, full).Checksum, mustLoad(t, FashionSample()).Checksum; got != want {
		t.Errorf("full set gives %s, the sample is %s", got, want)
	}
}

func TestValidate(t *testing.T) {
	for _, test := range []struct {
		set  Set
		want []string // parts of the error; none: valid
	}{
		{Set{}, nil},
		{FashionMNIST(), nil},
		{MNIST(), nil},
		{Set{Name: "fashion-mnist", Train: 60000, Test: 10000}, nil},
		{Set{Name: "cifar"}, []string{"Name", `"cifar"`, "fashion-sample, digits, fashion-mnist, mnist, cifar-10, cifar-100, synthetic, folder, npz"}},
		{Set{Train: 6001}, []string{"Train", "6001", "0..6000"}},
		{Set{Train: -1, Test: 1001}, []string{"Train", "-1", "Test", "1001", "0..1000"}},
	} {
		err := test.set.Validate()
		if (err == nil) != (test.want == nil) {
			t.Errorf("%v: error %v", test.set, err)
			continue
		}
		for _, part := range test.want {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%v: error %q lacks %q", test.set, err, part)
			}
		}
		if _, loadErr := test.set.Load(cancelled()); loadErr == nil || (err != nil && loadErr.Error() != err.Error()) {
			t.Errorf("%v: Load gives %v, Validate %v", test.set, loadErr, err)
		}
	}
}

func TestCancelledLoad(t *testing.T) {
	set := Set{Train: 17, Test: 17}
	if _, err := set.Load(cancelled()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled in its chain", err)
	}
	mustLoad(t, set) // the failure is not kept
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func perClass(labels []uint8, classes int) []int {
	n := make([]int, classes)
	for _, l := range labels {
		n[l]++
	}
	return n
}

func moments(values []float32) (mean, deviation float64) {
	for _, v := range values {
		mean += float64(v) / float64(len(values))
	}
	for _, v := range values {
		deviation += (float64(v) - mean) * (float64(v) - mean) / float64(len(values))
	}
	return mean, math.Sqrt(deviation)
}
