package dataset

import (
	"fmt"
	"strings"
)

// source is where a named set comes from and what it must be.
type source struct {
	name    string
	title   string // as people write it
	classes int
	shape   [3]int
	train   half
	test    half
	top     float32       // value of the brightest pixel; 0: 255
	archive *cifarArchive // nil: IDX files

	embedded  bool   // the files are in the binary
	debian    string // name of Debian's package; "" when there is none
	debianDir string // where that package puts the files
	home      string // address of the folder with the files
}

// half is the training or the test part: a file of images and one of labels.
type half struct {
	count  int
	images file
	labels file
}

// file is a gzipped IDX file. The sum is that of the content, not of the gzip
// file: packers write different times and names into the header, so that
// Debian's file and the author's have the same content and different sums.
type file struct {
	name string
	sum  string // SHA-256, hex; "" where only the other is known
	md5  string // of the packed file, hex, for files that their home names so
	size int    // rough size of the gzip file in bytes, for progress
}

// The sums of Fashion-MNIST are those of the files in Debian's package
// dataset-fashion-mnist 0.0~git20200523; the header of the author's
// t10k-labels-idx1-ubyte.gz on the same compressed content gives the SHA-256 by
// which that file is known (67da17c7...).
var sources = []source{
	{
		name: "fashion-sample", title: "the sample of Fashion-MNIST", classes: 10, shape: [3]int{1, 28, 28}, embedded: true,
		train: half{
			count:  6000,
			images: file{name: "train-images-idx3-ubyte.gz", sum: "cf313073c7eb485392848071d5c433571d7166043e971e3345b095cc30518084"},
			labels: file{name: "train-labels-idx1-ubyte.gz", sum: "097b93fbcf9bd5bc648b1a457ddc55c9e4ab49afb33f9ecae8ce068399a75e3a"},
		},
		test: half{
			count:  1000,
			images: file{name: "t10k-images-idx3-ubyte.gz", sum: "7cee33c3c6414b1b86c25e665a6c4f41584269de3b7cc9768b1d351922845eef"},
			labels: file{name: "t10k-labels-idx1-ubyte.gz", sum: "3128d790775889812b73c4f13923559c8b9e281d112c6ea7862acf60a206a909"},
		},
	},
	{
		name: "digits", title: "Optical Recognition of Handwritten Digits", classes: 10, shape: [3]int{1, 8, 8}, embedded: true, top: 16,
		train: half{
			count:  1437,
			images: file{name: "digits-train-images-idx3-ubyte.gz", sum: "41e463fb11442353328aed136a72ca93512604a7ae6e294205756d54294c7502"},
			labels: file{name: "digits-train-labels-idx1-ubyte.gz", sum: "f8a600b73e2c056aa42316260206e6643bd33e96bd71cfb8e32b94f76fac4f93"},
		},
		test: half{
			count:  360,
			images: file{name: "digits-test-images-idx3-ubyte.gz", sum: "ee7550fe34409fc27d844b52fd0408fab403b2cc523bb34baa4ebd95b760d882"},
			labels: file{name: "digits-test-labels-idx1-ubyte.gz", sum: "cf2c8a23974df0c99eb3f36ff34c02acb9be1c84aca7280211ef04bea1135360"},
		},
	},
	{
		name: "fashion-mnist", title: "Fashion-MNIST", classes: 10, shape: [3]int{1, 28, 28},
		debian: "dataset-fashion-mnist", debianDir: "/usr/share/datasets/fashion-mnist",
		home: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
		train: half{
			count:  60000,
			images: file{name: "train-images-idx3-ubyte.gz", sum: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", size: 26421880},
			labels: file{name: "train-labels-idx1-ubyte.gz", sum: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9", size: 29515},
		},
		test: half{
			count:  10000,
			images: file{name: "t10k-images-idx3-ubyte.gz", sum: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", size: 4422102},
			labels: file{name: "t10k-labels-idx1-ubyte.gz", sum: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", size: 5148},
		},
	},
	{
		name: "mnist", title: "MNIST", classes: 10, shape: [3]int{1, 28, 28},
		home: "https://ossci-datasets.s3.amazonaws.com/mnist/",
		train: half{
			count:  60000,
			images: file{name: "train-images-idx3-ubyte.gz", sum: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", size: 9912422},
			labels: file{name: "train-labels-idx1-ubyte.gz", sum: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", size: 28881},
		},
		test: half{
			count:  10000,
			images: file{name: "t10k-images-idx3-ubyte.gz", sum: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", size: 1648877},
			labels: file{name: "t10k-labels-idx1-ubyte.gz", sum: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", size: 4542},
		},
	},
	{
		name: "cifar-10", title: "CIFAR-10", classes: 10, shape: [3]int{3, 32, 32},
		home:  "https://www.cs.toronto.edu/~kriz/",
		train: half{count: 50000}, test: half{count: 10000},
		archive: &cifarArchive{
			file: file{name: "cifar-10-binary.tar.gz", md5: "c32a1d4ab5d03f1284b67883e8d87530", size: 170052171},
			train: []string{
				"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
			},
			test: "test_batch.bin", labels: 1,
		},
	},
	{
		name: "cifar-100", title: "CIFAR-100", classes: 100, shape: [3]int{3, 32, 32},
		home:  "https://www.cs.toronto.edu/~kriz/",
		train: half{count: 50000}, test: half{count: 10000},
		archive: &cifarArchive{
			file:  file{name: "cifar-100-binary.tar.gz", md5: "03b5dce01913d631647c71ecec9e9cb8", size: 168513733},
			train: []string{"train.bin"}, test: "test.bin", labels: 2,
		},
	},
}

// sourceOf finds the set of that name; "" is the embedded sample.
func sourceOf(name string) (source, error) {
	if name == "" {
		name = FashionSample().Name
	}
	known := make([]string, len(sources), len(sources)+3)
	for i, s := range sources {
		if s.name == name {
			return s, nil
		}
		known[i] = s.name
	}
	return source{}, fmt.Errorf("dataset: Name: no set %q; known are %s", name, strings.Join(append(known, syntheticName, folderName, npzName), ", "))
}

// files are those that hold the set, in the order in which they are read and summed.
func (s source) files() []file {
	if s.archive != nil {
		return []file{s.archive.file}
	}
	return []file{s.train.images, s.train.labels, s.test.images, s.test.labels}
}

func (s source) counts(Set) (train, test int) { return s.train.count, s.test.count }

func (s source) validate(Set) error { return nil }
