import sys
import time

try:
    import numpy
except ImportError:
    sys.exit("NumPy is not installed (Debian: python3-numpy)")
print("NumPy", numpy.__version__, flush=True)

# Weights of 8 bits in four cells of two bits, offset by 128; on/off ratio 100; inputs of
# 8 bits, bit by bit; subarrays of 128 rows; converters of 8 bits.
ROWS, COLUMNS, GROUP, INPUT_BITS, CELL_BITS, CODES = 1152, 256, 128, 8, 2, 255
HIGHEST, RATIO, SPREAD = 3, 100, 0.02
on, off = 1 - 1 / RATIO, HIGHEST / RATIO
step = numpy.float32(GROUP * HIGHEST / CODES)
random = numpy.random.default_rng(1)


def codes(sums):
    return numpy.clip(numpy.rint(sums / step), 0, CODES)


def reader(kind, images):
    whole = numpy.rint(random.random((images, ROWS)) * 255).astype(int)
    bits = [(whole >> z & 1).astype(numpy.float32) for z in range(INPUT_BITS)]
    stored = numpy.clip(numpy.rint(random.uniform(-1, 1, (ROWS, COLUMNS)) * 128) + 128, 0, 255).astype(int)
    slices = []
    for low in range(0, 8, CELL_BITS):
        cells = on * (stored >> low & HIGHEST) + off
        if kind == "conductances":
            cells = cells * (1 + SPREAD * random.standard_normal(cells.shape))
        slices.append((2 ** low, cells.astype(numpy.float32), numpy.float32(on * (128 >> low & HIGHEST) + off)))

    def sums(voltages, cells):
        if kind != "noise":
            return voltages @ cells
        each = numpy.empty((images, COLUMNS), numpy.float32)
        for i, line in enumerate(voltages):  # every cell has a noise of its own in every read
            noise = random.standard_normal(cells.shape, numpy.float32)
            each[i] = line @ (cells * (1 + numpy.float32(SPREAD) * noise))
        return each

    def read():
        total = numpy.zeros((images, COLUMNS), numpy.float32)
        for z, bit in enumerate(bits):
            for first in range(0, ROWS, GROUP):
                voltages = numpy.ascontiguousarray(bit[:, first:first + GROUP])
                ones = voltages.sum(1, keepdims=True)
                for weight, cells, zero in slices:
                    difference = codes(sums(voltages, cells[first:first + GROUP])) - codes(zero * ones)
                    total += numpy.float32(weight * 2 ** z * step) * difference
        return total * numpy.float32(1 / (255 * 128 * on))

    exact = whole / 255 @ ((stored - 128) / 128)
    if numpy.abs(read() - exact).mean() > 0.2 * numpy.abs(exact).mean():
        sys.exit("the reads are not those of the weights")
    return read


do = None
for line in sys.stdin:
    word, *values = line.split()
    if word == "cells":
        do = reader(values[0], int(values[1]))
        print(0, flush=True)
    else:
        begun = time.process_time()
        for _ in range(int(values[0])):
            do()
        print(time.process_time() - begun, flush=True)
