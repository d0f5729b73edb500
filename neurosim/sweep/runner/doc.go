// Package runner carries out the trainings of a sweep.
//
// A [Job] and its [Outcome] are plain data that go through JSON, and a worker
// keeps nothing from one job to the next, so that jobs can go to other processes
// and machines. [Local] is the pool of this process: one worker a processor, each
// training on its own, which gives the same bits as any other order and number of
// workers. Package runnertest holds what every runner must do.
package runner
