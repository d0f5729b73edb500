package store

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
)

// The parts of SQLite's file format that Salvage needs
// (https://www.sqlite.org/fileformat2.html).
const (
	pageSize     = 4096 // of every store
	tableLeaf    = 13   // first byte of a page that holds rows
	leafHeader   = 8
	mostOnLeaf   = pageSize - 35
	leastOnLeaf  = (pageSize-12)*32/255 - 23
	mostPayload  = 1 << 26
	onOverflow   = pageSize - 4 // after the number of the next page
	leastPayload = 4
)

// errPage is the error for bytes that are no row.
var errPage = errors.New("store: no row of SQLite")

// scan calls do with the values of every row in the file, of any table and of
// rows that were deleted too. What cannot be read is passed over.
func scan(file *os.File, do func(values []any) error) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	page := make([]byte, pageSize)
	for at := int64(pageSize); at < info.Size(); at += pageSize {
		if _, err := io.ReadFull(io.NewSectionReader(file, at, pageSize), page); err != nil || page[0] != tableLeaf {
			continue
		}
		cells := int(binary.BigEndian.Uint16(page[3:]))
		for i := range min(cells, (pageSize-leafHeader)/2) {
			place := int(binary.BigEndian.Uint16(page[leafHeader+2*i:]))
			payload, err := payloadAt(file, page, place)
			if err != nil {
				continue
			}
			values, err := decode(payload)
			if err != nil {
				continue
			}
			if err := do(values); err != nil {
				return err
			}
		}
	}
	return nil
}

// payloadAt reads a cell of a leaf, and the pages on which it goes on.
func payloadAt(file io.ReaderAt, page []byte, place int) ([]byte, error) {
	if place >= len(page) {
		return nil, errPage
	}
	size, n := varint(page[place:])
	place += n
	if place >= len(page) {
		return nil, errPage
	}
	_, n = varint(page[place:]) // the id
	place += n
	if size < leastPayload || size > mostPayload {
		return nil, errPage
	}
	local := int(size)
	if local > mostOnLeaf {
		local = leastOnLeaf + (int(size)-leastOnLeaf)%onOverflow
		if local > mostOnLeaf {
			local = leastOnLeaf
		}
	}
	if place+local > len(page) {
		return nil, errPage
	}
	payload := append([]byte(nil), page[place:place+local]...)
	if local == int(size) {
		return payload, nil
	}
	if place+local+4 > len(page) {
		return nil, errPage
	}
	return overflow(file, payload, int(size), binary.BigEndian.Uint32(page[place+local:]))
}

// overflow reads the rest of a cell from a chain of pages.
func overflow(file io.ReaderAt, payload []byte, size int, next uint32) ([]byte, error) {
	page := make([]byte, pageSize)
	for len(payload) < size {
		if next == 0 {
			return nil, errPage
		}
		if _, err := file.ReadAt(page, (int64(next)-1)*pageSize); err != nil {
			return nil, err
		}
		next = binary.BigEndian.Uint32(page)
		payload = append(payload, page[4:4+min(onOverflow, size-len(payload))]...)
	}
	return payload, nil
}

// decode reads the values of a record.
func decode(payload []byte) ([]any, error) {
	end, at := varint(payload)
	if end > uint64(len(payload)) {
		return nil, errPage
	}
	body := payload[end:]
	var values []any
	for at < int(end) {
		kind, n := varint(payload[at:])
		at += n
		value, used, ok := valueOf(kind, body)
		if !ok {
			return nil, errPage
		}
		values, body = append(values, value), body[used:]
	}
	return values, nil
}

// valueOf reads a value of a serial type: nil, an int64, a float64 or a string.
func valueOf(kind uint64, body []byte) (value any, used int, ok bool) {
	sizes := [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}
	switch {
	case kind >= 12:
		used = int(min(kind-12, 2*mostPayload) / 2)
	case kind < uint64(len(sizes)):
		used = sizes[kind]
	default:
		return nil, 0, false
	}
	if used > len(body) {
		return nil, 0, false
	}
	bytes := body[:used]
	switch kind {
	case 0:
		return nil, used, true
	case 7:
		return math.Float64frombits(binary.BigEndian.Uint64(bytes)), used, true
	case 8, 9:
		return int64(kind - 8), used, true
	}
	if kind >= 12 {
		return string(bytes), used, true
	}
	whole := int64(int8(bytes[0]))
	for _, b := range bytes[1:] {
		whole = whole<<8 | int64(b)
	}
	return whole, used, true
}

// varint reads a number of 1 to 9 bytes, and how many there are; bytes that are
// not there count as 0.
func varint(bytes []byte) (v uint64, n int) {
	for n < 8 && n < len(bytes) {
		b := bytes[n]
		n++
		v = v<<7 | uint64(b&0x7f)
		if b < 0x80 {
			return v, n
		}
	}
	if n < len(bytes) {
		return v<<8 | uint64(bytes[n]), n + 1
	}
	return v, max(n, 1)
}
