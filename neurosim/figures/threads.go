package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"

	"crossbook/neurosim/train"
)

// wantedSpeedup is how many times as fast two threads are to be as one.
const wantedSpeedup = 1.85

// reading is what a step took: of the clock and of the processors, in seconds.
type reading struct{ wall, processor float64 }

// alternation measures the steps of a training on one thread and on two in turns, so
// that the load of the machine meets both alike.
type alternation struct {
	each     int // steps of a turn; the first of them is not counted
	steps    int
	begun    time.Time
	used     float64
	readings [2][]reading // on one thread and on two
}

// look is called once a step.
func (a *alternation) look() error {
	turn, place := a.steps/a.each, a.steps%a.each
	if turn > 1 && place == 0 { // the first turns make the room that later steps use
		count := float64(a.each - 1)
		a.readings[(turn-1)%2] = append(a.readings[(turn-1)%2], reading{
			time.Since(a.begun).Seconds() / count, (processorTime() - a.used) / count,
		})
	}
	switch place {
	case 0:
		runtime.GOMAXPROCS(1 + turn%2)
	case 1:
		a.begun, a.used = time.Now(), processorTime()
	}
	a.steps++
	return nil
}

// measureThreads prints how much faster two threads are than one, and how many processors
// the two kept busy. The clock is read, not the time of the processors, so a figure is the
// least of the rounds: that which the load of the machine disturbed least.
func measureThreads(only string, rounds int) error {
	if runtime.NumCPU() < 2 {
		return fmt.Errorf("-threads: this machine has one processor")
	}
	fmt.Println("Steps of training in situ on one thread and on two, ms")
	fmt.Printf("%-8s %8s %10s %10s %8s %10s\n", "", "batch", "one", "two", "ratio", "processors")
	lowest := math.Inf(1)
	for _, t := range trainings {
		if !strings.Contains(t.title(), only) {
			continue
		}
		one, two, err := t.measureThreads(rounds)
		if err != nil {
			return err
		}
		ratio := one.wall / two.wall
		lowest = min(lowest, ratio)
		fmt.Printf("%-8s %8d %10.4g %10.4g %8.2f %10.2f\n", t.name, t.batch,
			one.wall*1e3, two.wall*1e3, ratio, two.processor/two.wall)
	}
	fmt.Printf("lowest %.2f (wanted %.2f)\n\n", lowest, wantedSpeedup)
	return nil
}

func (t training) measureThreads(rounds int) (one, two reading, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	a := &alternation{each: t.turn()}
	_, err = train.Job{
		Net: t.net, Data: t.random((2*rounds + 2) * a.each), Device: cells, Rule: stopwatch{look: a.look},
		Settings: train.Settings{Batch: t.batch, Epochs: 1}, Seed: 1,
	}.Train(context.Background())
	return quickest(a.readings[0]), quickest(a.readings[1]), err
}

// turn is the number of steps that are measured at once: more of small networks.
func (t training) turn() int {
	if t.name == "mlp" {
		return 11
	}
	return 2
}

// quickest is the reading of the least time.
func quickest(r []reading) reading {
	return slices.MinFunc(r, func(a, b reading) int { return cmp.Compare(a.wall, b.wall) })
}
