// Package units has the physical quantities of circuits as types, so that an
// energy cannot be added to a time by mistake. Each is a float64 in its SI unit;
// only text has prefixes: a Joule prints as "1.25 nJ" and a SquareMetre as
// "4.774 mm²".
//
// Products and quotients change the unit; write them with a conversion at the
// place where that happens: units.Joule(float64(power) * float64(time)).
package units
