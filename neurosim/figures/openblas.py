import ctypes
import random
import sys
import time

for name in ("libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"):
    try:
        blas = ctypes.CDLL(name)
        break
    except OSError:
        pass
else:
    sys.exit("OpenBLAS is not installed (Debian: libopenblas0-pthread)")
blas.openblas_set_num_threads(1)
blas.openblas_get_config.restype = blas.openblas_get_corename.restype = ctypes.c_char_p
version = " ".join(blas.openblas_get_config().decode().split()[:2])
print(version, "with its kernels for", blas.openblas_get_corename().decode(), flush=True)

row_major, plain, transposed = 101, 111, 112


def numbers(count):
    some = [random.uniform(-1, 1) for _ in range(4096)]
    return (ctypes.c_float * count)(*(some * (count // 4096 + 1))[:count])


def product(rows, cols, depth, ta, tb):
    a, b, c = numbers(rows * depth), numbers(depth * cols), numbers(rows * cols)
    call = (row_major, transposed if ta else plain, transposed if tb else plain, rows, cols, depth,
            ctypes.c_float(1), a, rows if ta else depth, b, depth if tb else cols,
            ctypes.c_float(0), c, cols)
    return lambda: blas.cblas_sgemm(*call)


do = None
for line in sys.stdin:
    word, *values = line.split()
    if word == "shape":
        do = product(*map(int, values))
        do()
        print(0, flush=True)
    else:
        begun = time.process_time()
        for _ in range(int(values[0])):
            do()
        print(time.process_time() - begun, flush=True)
