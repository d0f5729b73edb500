#!/usr/bin/env bash
# Trains everything that results.csv holds, and prints it: results.sh >results.csv
# About 40 minutes of one processor; another processor, or version of PyTorch, changes the
# last bits and with them single trainings, not their means.
set -euo pipefail
cd "$(dirname "$0")"
run() { python3 recipes.py "$@"; }

cat <<'END'
# By recipes.py with Debian 12's python3-torch 1.13.1+dfsg-4, python3-numpy 1.24.2,
# libopenblas0-pthread 0.3.21 and dataset-fashion-mnist 0.0~git20200523, one thread.
# layers: weight layers. label, cycle: of the devices. adc_bits: of the converters, ideal
# for exact sums, blank for all test images, v2.1 before: read as DNN+NeuroSim V2.1 reads.
# accuracy: percent. loss: for an image.
recipe,rule,layers,label,cycle,images,seed,epoch,adc_bits,accuracy,loss
END
for seed in 1 2 3 4; do
	for rule in BP DFA; do
		run insitu $rule 3 $seed 3 6000
		run insitu $rule 3 $seed 3 6000 2 0.01
	done
done
for seed in 1 2 3; do
	for rule in BP DFA; do
		run software $rule 3 $seed 5 6000
		for layers in 2 3 5; do run insitu $rule $layers $seed; done
	done
done
for seed in 1 2 3; do
	for rule in FA uSF sDFA DRTP; do run software $rule 3 $seed 5 6000; done
done
for seed in 1 2; do
	for rule in BP DFA; do
		for layers in 2 3 5; do run software $rule $layers $seed; done
	done
done
