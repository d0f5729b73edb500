import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("PyTorch is not installed (Debian: python3-torch)")
torch.set_num_threads(1)
print("PyTorch", torch.__version__, flush=True)


def perceptron():
    return nn.Sequential(nn.Linear(784, 800, bias=False), nn.ReLU(), nn.Linear(800, 800, bias=False), nn.ReLU(),
                         nn.Linear(800, 10, bias=False)), (784,)


def vgg8():
    layers, channels = [], 3
    for kernels in (128, 128, 0, 256, 256, 0, 512, 512, 0):
        if kernels == 0:
            layers.append(nn.MaxPool2d(2))
            continue
        layers += [nn.Conv2d(channels, kernels, 3, padding=1, bias=False), nn.ReLU()]
        channels = kernels
    layers += [nn.Flatten(), nn.Linear(8192, 1024, bias=False), nn.ReLU(), nn.Linear(1024, 10, bias=False)]
    return nn.Sequential(*layers), (3, 32, 32)


def stepper(name, batch):
    net, shape = {"mlp": perceptron, "vgg8": vgg8}[name]()
    images, labels = torch.rand(batch, *shape) * 2 - 1, torch.arange(batch) % 10
    optimiser = torch.optim.SGD(net.parameters(), lr=1e-3)

    def step():
        optimiser.zero_grad()
        nn.functional.cross_entropy(net(images), labels).backward()
        optimiser.step()

    return step


do = None
for line in sys.stdin:
    word, *values = line.split()
    begun = time.process_time()
    if word == "net":
        do = stepper(values[0], int(values[1]))
        do()
    else:
        for _ in range(int(values[0])):
            do()
    print(time.process_time() - begun, flush=True)
