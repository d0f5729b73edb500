// Package dataset has the image sets that networks learn from: a part of
// Fashion-MNIST inside the binary, and loaders of full sets.
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
// user's folder. Whatever the place, the SHA-256 of each file's content must
// match before a single image is used.
//
// Files are in the IDX format of MNIST (LeCun, Cortes, Burges: The MNIST
// database of handwritten digits). Fashion-MNIST is by Zalando SE under the MIT
// licence (Xiao, Rasul, Vollgraf: Fashion-MNIST, arXiv:1708.07747, 2017).
package dataset
