package train

import (
	"context"
	"math"
	"runtime"
	"syscall"
	"testing"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// random is data of a shape that mean nothing.
func random(shape [3]int, images int) *dataset.Data {
	features := shape[0] * shape[1] * shape[2]
	split := dataset.Split{Images: make([]float32, images*features), Labels: make([]uint8, images)}
	rng.New(1, "images", 0, 0).FillRange(split.Images, -1, 1)
	for i := range split.Labels {
		split.Labels[i] = uint8(i % 10)
	}
	return &dataset.Data{Name: "random", Classes: 10, Shape: shape, Train: split, Test: split}
}

// One step of 784-800-800-10 with 64 images on noisy devices.
func BenchmarkPerceptronStep(b *testing.B) {
	benchmarkStep(b, Job{
		Net: nn.MLP(784, 800, 800, 10), Data: random([3]int{1, 28, 28}, 64), Settings: Settings{Batch: 64},
		Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003},
	})
}

// benchmarkStep also reports the time of a processor that the quickest step took, which
// the load of the machine disturbs least.
func benchmarkStep(b *testing.B, j Job) {
	b.Helper()
	t, err := j.start(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	numbers := make([]int, j.Settings.Batch)
	for i := range numbers {
		numbers[i] = i
	}
	x, labels := t.batch(t.Data.Train, numbers)
	b.ReportAllocs()
	least := math.Inf(1)
	for b.Loop() {
		begun := processorTime()
		if _, err := t.step(context.Background(), x, labels); err != nil {
			b.Fatal(err)
		}
		least = min(least, processorTime()-begun)
	}
	b.ReportMetric(least*1e3, "cpu-ms/step")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(numbers))/1e6, "ms/image")
}

// One step of VGG-8 with 64 images of CIFAR's shape on noisy devices.
func BenchmarkVGG8Step(b *testing.B) { benchmarkStep(b, vgg8(64)) }

// The same with 20 images, where the update of 13 million cells weighs more.
func BenchmarkVGG8StepOf20(b *testing.B) { benchmarkStep(b, vgg8(20)) }

// The same with 200 images, as DNN+NeuroSim V2.1 takes them by default.
func BenchmarkVGG8StepOf200(b *testing.B) { benchmarkStep(b, vgg8(200)) }

// The step of DNN+NeuroSim V2.1 to the bit.
func BenchmarkVGG8StepOf20ByV21(b *testing.B) {
	j := vgg8(20)
	j.Reference = V21
	benchmarkStep(b, j)
}

// vgg8 has the devices and the precision of DNN+NeuroSim V2.1.
func vgg8(images int) Job {
	return Job{
		Net: nn.VGG8, Data: random([3]int{3, 32, 32}, images), Settings: Settings{Batch: images},
		Device: device.Analog{Levels: 32, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003},
	}
}

// The steps of one epoch of Fashion-MNIST, 60,000 images in batches of 64, for
// 784-800-800-10 on noisy devices, from the first: what is learnt makes many units
// silent, and that shows in the time.
func BenchmarkPerceptronEpoch(b *testing.B) {
	data, err := dataset.FashionMNIST().Load(context.Background())
	if err != nil {
		b.Skip(err)
	}
	j := Job{
		Net: nn.MLP(784, 800, 800, 10), Data: data, Settings: Settings{Batch: 64},
		Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003},
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	order := rng.New(1, "order", 0, 0).Perm(data.Train.Len())
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		t, err := j.start(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		start := processorTime()
		for first := 0; first < len(order); first += j.Settings.Batch {
			x, labels := t.batch(data.Train, order[first:min(first+j.Settings.Batch, len(order))])
			if _, err := t.step(context.Background(), x, labels); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(processorTime()-start, "cpu-s/epoch")
	}
}

// processorTime is the seconds that the test has used of a processor.
func processorTime() float64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) * 1e-9
}
