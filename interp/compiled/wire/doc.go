// Package wire carries arguments and results between a session of cells and a
// compiled cell, two processes of one machine that have the same types. It is
// built into both, and uses nothing but the standard library.
//
// # Values
//
// Values cross by their structure: numbers and booleans, structs and arrays of
// them as the bytes that they are in memory, strings, slices, pointers, maps and
// structs of all these piece by piece. An error crosses as its text and which of
// the errors in [Sentinels] it is. Other interfaces, functions, channels and unsafe
// pointers do not cross; [Check] says so.
//
// # Memory
//
// What slices, pointers and maps refer to crosses once, however many of them do,
// as an object with a number: overlapping slices overlap on the other side, two
// pointers to one variable stay two pointers to one variable, and what refers to
// itself does so there. The side that was called sends back, beside its results,
// the elements of the objects that have other bits than they came with, and the
// caller's memory gets these and only these: what a call has not changed is not
// written, so that calls may share what they only read, and each write its part of
// one slice. Results that refer to the memory of arguments do so in the caller.
//
// Of an array crosses what the slices and pointers cover together. Beyond that a
// slice has no capacity on the side that is called, and append makes a new array.
package wire
