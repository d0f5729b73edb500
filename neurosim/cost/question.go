package cost

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// quantity is what a figure counts.
type quantity int

const (
	noQuantity quantity = iota
	ofArea
	ofLatency
	ofEnergy
	ofLeakage
	ofLeakageEnergy
)

// The quantities of a report, as [Report.Quantity], [Report.Explain] and figures
// ask for them.
const (
	Area    = "area"
	Latency = "latency"
	Energy  = "energy"
	Leakage = "leakage" // power of a chip that does nothing
)

// phase is one of the four of training; 0 is all.
type phase int

const (
	allPhases phase = iota
	forwardPhase
	errorPhase
	gradientPhase
	updatePhase
)

var phaseNames = []string{"all phases", "forward", "error", "weight gradient", "update"}

// partNames are the components by category.
var partNames = [partKinds]string{
	inADC: "ADC", inAccumulation: "accumulation", inOther: "periphery", inBuffer: "buffers",
	inWires: "wires", inMemory: "DRAM", inGradient: "gradient unit", inCells: "cells",
}

const allParts category = -1

// question is which figure is meant.
type question struct {
	quantity quantity
	phase    phase
	part     category
	layer    int // 1 for that next to the input; 0: all
	peak     bool
}

// entry is what words set; part is one above the category, so that 0 sets none.
type entry struct {
	quantity quantity
	phase    phase
	part     category
	peak     bool
}

// words are what a question may say.
var words = map[string]entry{
	"area": {quantity: ofArea}, "size": {quantity: ofArea},
	"latency": {quantity: ofLatency}, "time": {quantity: ofLatency}, "delay": {quantity: ofLatency},
	"energy": {quantity: ofEnergy}, "leakage": {quantity: ofLeakage}, "leakage power": {quantity: ofLeakage},
	"leakage energy": {quantity: ofLeakageEnergy},

	"forward": {phase: forwardPhase}, "fw": {phase: forwardPhase}, "feed forward": {phase: forwardPhase}, "inference": {phase: forwardPhase},
	"error": {phase: errorPhase}, "errors": {phase: errorPhase}, "activation gradient": {phase: errorPhase},
	"backward": {phase: errorPhase}, "ag": {phase: errorPhase},
	"weight gradient": {phase: gradientPhase}, "gradient": {phase: gradientPhase}, "wg": {phase: gradientPhase},
	"update": {phase: updatePhase}, "weight update": {phase: updatePhase}, "write": {phase: updatePhase}, "wu": {phase: updatePhase},

	"adc": {part: 1 + inADC}, "adcs": {part: 1 + inADC}, "converter": {part: 1 + inADC}, "converters": {part: 1 + inADC},
	"accumulation": {part: 1 + inAccumulation}, "adders": {part: 1 + inAccumulation}, "adder tree": {part: 1 + inAccumulation}, "adder trees": {part: 1 + inAccumulation},
	"periphery": {part: 1 + inOther}, "other": {part: 1 + inOther}, "drivers": {part: 1 + inOther},
	"buffers": {part: 1 + inBuffer}, "buffer": {part: 1 + inBuffer},
	"wires": {part: 1 + inWires}, "wire": {part: 1 + inWires}, "interconnect": {part: 1 + inWires}, "h tree": {part: 1 + inWires}, "bus": {part: 1 + inWires},
	"dram": {part: 1 + inMemory}, "memory": {part: 1 + inMemory},
	"gradient unit": {part: 1 + inGradient}, "weight gradient unit": {part: 1 + inGradient},
	"cells": {part: 1 + inCells}, "array": {part: 1 + inCells}, "arrays": {part: 1 + inCells},

	"peak": {peak: true},
	// Words that say nothing more.
	"of": {}, "the": {}, "in": {}, "for": {}, "at": {}, "a": {}, "phase": {}, "chip": {}, "total": {}, "whole": {},
	"all": {}, "and": {}, "phases": {}, "layers": {}, "component": {}, "per": {}, "training": {},
}

// longestPhrase is the most words of an entry of words.
const longestPhrase = 3

const allowedWords = "quantities area, latency, energy, leakage, leakage energy; " +
	"phases forward, error (activation gradient), weight gradient, update; " +
	"components ADC, accumulation, periphery, buffers, wires, DRAM, gradient unit, cells; peak; layer 1 to %d"

// ask reads a question about a report of so many layers.
func ask(text string, layers int) (question, error) {
	q := question{part: allParts}
	allowed := fmt.Sprintf(allowedWords, layers)
	rest := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for len(rest) > 0 {
		if rest[0] == "layer" {
			n, err := layerNumber(rest, layers)
			if err != nil {
				return q, err
			}
			q.layer, rest = n, rest[2:]
			continue
		}
		n := longest(rest)
		if n == 0 {
			return q, fmt.Errorf("%q is not known; allowed: %s", rest[0], allowed)
		}
		if err := q.say(strings.Join(rest[:n], " ")); err != nil {
			return q, err
		}
		rest = rest[n:]
	}
	if q.quantity == noQuantity {
		return q, fmt.Errorf("%q names no quantity; allowed: %s", text, allowed)
	}
	return q, q.possible()
}

// longest is how many of the words are the longest entry that they begin with.
func longest(rest []string) int {
	for n := min(longestPhrase, len(rest)); n > 0; n-- {
		if _, ok := words[strings.Join(rest[:n], " ")]; ok {
			return n
		}
	}
	return 0
}

func layerNumber(rest []string, layers int) (int, error) {
	number := ""
	if len(rest) > 1 {
		number = rest[1]
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > layers {
		return 0, fmt.Errorf("layer: %q is not allowed; allowed: 1 to %d", number, layers)
	}
	return n, nil
}

// say sets what an entry means. Nothing may be said twice with another meaning.
func (q *question) say(phrase string) error {
	w := words[phrase]
	part := w.part - 1
	switch {
	case w.quantity != 0 && q.quantity != 0 && q.quantity != w.quantity,
		w.phase != 0 && q.phase != 0 && q.phase != w.phase,
		part != allParts && q.part != allParts && q.part != part:
		return fmt.Errorf("%q contradicts what was said before", phrase)
	}
	q.quantity = pick(q.quantity, w.quantity)
	q.phase = pick(q.phase, w.phase)
	q.peak = q.peak || w.peak
	if part != allParts {
		q.part = part
	}
	return nil
}

// possible says what a report has no figure for.
func (q question) possible() error {
	timed := q.quantity == ofLatency || q.quantity == ofEnergy
	switch {
	case q.phase != allPhases && !timed:
		return fmt.Errorf("%s has no phases; allowed: latency, energy", q.quantity)
	case q.peak && !timed:
		return fmt.Errorf("%s has no peak; allowed: latency, energy", q.quantity)
	case q.quantity == ofLeakageEnergy && q.part != allParts:
		return fmt.Errorf("leakage energy has no components; allowed: leakage")
	case q.part == inMemory && !timed:
		return fmt.Errorf("%s of the DRAM is beside the chip; allowed: latency, energy", q.quantity)
	case q.peak && (q.part == inBuffer || q.part == inWires || q.part == inMemory):
		return fmt.Errorf("peak leaves the movement of data out; allowed: ADC, accumulation, periphery, gradient unit, cells")
	}
	return nil
}

// String is the quantity's name.
func (q quantity) String() string {
	return [...]string{"", Area, Latency, Energy, Leakage, "leakage energy"}[q]
}

// String is the figure that is meant, in full.
func (q question) String() string {
	var b strings.Builder
	if q.part != allParts {
		b.WriteString(partNames[q.part] + " ")
	}
	b.WriteString(q.quantity.String())
	if q.peak {
		b.WriteString(" at peak")
	}
	if q.phase != allPhases {
		b.WriteString(", " + phaseNames[q.phase] + " phase")
	}
	if q.layer > 0 {
		fmt.Fprintf(&b, ", layer %d", q.layer)
	}
	return b.String()
}
