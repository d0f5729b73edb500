// Package dataset has the image sets that networks learn from: a part of
// Fashion-MNIST and small digits inside the binary, loaders of full sets, image files
// of one's own ([Folder]), arrays of NumPy ([NPZ]) and images that are made up ([Made]).
//
// A [Set] names a data set and says how much of it is used; it is plain data,
// comparable and cheap. [Set.Load] gives the images:
//
//	data, err := dataset.FashionSample().Load(ctx)
//
// Full sets are looked for in three places, in this order: the user's data
// folder ($XDG_DATA_HOME/crossbook/datasets/NAME, or
// ~/.local/share/crossbook/datasets/NAME), the folder of Debian's package where
// there is one, and the set's public home, from which it is downloaded into the
// user's folder. Whatever the place, the SHA-256 of each file's content, or the MD5
// that its home publishes, must match before a single image is used.
//
// Files are in the IDX format of MNIST (LeCun, Cortes, Burges: The MNIST
// database of handwritten digits), or in the binary one of CIFAR (Krizhevsky:
// Learning multiple layers of features from tiny images, 2009). The digits inside the
// binary are by E. Alpaydin and C. Kaynak (UCI Machine Learning Repository, 1998,
// Creative Commons Attribution 4.0). Fashion-MNIST is by Zalando SE under the MIT
// licence (Xiao, Rasul, Vollgraf: Fashion-MNIST, arXiv:1708.07747, 2017).
package dataset
