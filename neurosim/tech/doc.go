// Package tech has the technologies that a chip is made in: transistors of the
// nodes from 130 to 7 nm for high performance and for low standby power, the
// wires that belong to them, and memory cells. All are tables in the folder data,
// each with its sources, embedded in the program and checked when they are read.
//
// [Find] gives a node's transistors and [Transistor.At] what they are worth at a
// temperature:
//
//	junction      C = 1 mF/m² / (1 + Vdd/0.9 V)^0.5
//	sidewall      C = 0.25 nF/m / (1 + Vdd/0.9 V)^0.33
//	to channel    C = 0.05 nF/m / (1 + Vdd/0.9 V)^0.33
//	overlap       C = 0.2 of the ideal gate capacitance, planar nodes
//	currents      linear between the table's points, every 10 K
//
// Nodes of 22 nm and above are planar, those below have fins. Between 300 K and
// 400 K only. A node or cell of one's own is a value of these types; [ReadNode] and
// [ReadCell] read one from a TOML file.
package tech
