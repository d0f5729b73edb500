package store

import "fmt"

// Fill lets the file grow by a number of pages at most, like a disk that is full.
func (f *File) Fill(pages int) error {
	var count int
	if err := f.db.QueryRow("PRAGMA page_count").Scan(&count); err != nil {
		return err
	}
	_, err := f.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", count+pages))
	return err
}

// Exec changes the file behind the store's back.
func (f *File) Exec(statement string) error {
	_, err := f.db.Exec(statement)
	return err
}
