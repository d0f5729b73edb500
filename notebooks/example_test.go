package notebooks_test

import (
	"fmt"
	"os"
	"strings"

	"crossbook/notebooks"
)

// A notebook becomes a page that needs no network.
func Example() {
	nb, err := notebooks.ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		fmt.Println(err)
		return
	}
	var page strings.Builder
	if err := (notebooks.Page{Folder: "testdata"}).Write(&page, nb); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(nb.Cells), "cells,", strings.Contains(page.String(), "<math"))
	// Output: 7 cells, true
}

// A notebook made by a program is written as Jupyter writes it.
func ExampleNotebook_Bytes() {
	nb := &notebooks.Notebook{Cells: []notebooks.Cell{{Type: notebooks.Code, ID: "first", Source: "1 < 2\n"}}}
	data, err := nb.Bytes()
	if err != nil {
		fmt.Println(err)
		return
	}
	os.Stdout.Write(data)
	// Output:
	// {
	//  "cells": [
	//   {
	//    "cell_type": "code",
	//    "execution_count": null,
	//    "id": "first",
	//    "metadata": {},
	//    "outputs": [],
	//    "source": [
	//     "1 < 2\n"
	//    ]
	//   }
	//  ],
	//  "metadata": {},
	//  "nbformat": 4,
	//  "nbformat_minor": 5
	// }
}
