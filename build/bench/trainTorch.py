"""The reference training of `npm run bench -- train` in PyTorch, for comparison.

Arguments: the file of batches (float32 pixels, then int32 labels, batch after batch), the batch size, the threads.
Each line of standard input, "contiguous SECONDS" or "channels_last SECONDS", is answered with the images per second.
"""

import json
import sys
import time

import torch
from torch import nn

SIDE = 28


def read_batches(path, batch_size):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    pixels = batch_size * SIDE * SIDE
    stride = 4 * (pixels + batch_size)
    return [
        (
            torch.frombuffer(data, dtype=torch.float32, count=pixels, offset=start).reshape(batch_size, 1, SIDE, SIDE),
            torch.frombuffer(data, dtype=torch.int32, count=batch_size, offset=start + 4 * pixels).long(),
        )
        for start in range(0, len(data), stride)
    ]


def build_network():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(),
        nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(),
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64 * (SIDE // 4) ** 2, 128), nn.ReLU(),
        nn.Linear(128, 10),
    )


class Training:
    def __init__(self, batches, memory_format):
        self.batches = [(pixels.to(memory_format=memory_format), labels) for pixels, labels in batches]
        self.network = build_network().to(memory_format=memory_format)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-3)
        self.steps = 0

    def step(self):
        pixels, labels = self.batches[self.steps % len(self.batches)]
        self.steps += 1
        self.optimizer.zero_grad()
        loss = nn.functional.cross_entropy(self.network(pixels), labels)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def work(self, seconds):
        self.step()
        start = time.perf_counter()
        images = 0
        elapsed = 0.0
        while elapsed < seconds:
            self.step()
            images += len(self.batches[0][1])
            elapsed = time.perf_counter() - start
        return images / elapsed


def main():
    path, batch_size, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    batches = read_batches(path, batch_size)
    trainings = {
        "contiguous": Training(batches, torch.contiguous_format),
        "channels_last": Training(batches, torch.channels_last),
    }
    for line in sys.stdin:
        request = line.split()
        if request == ["version"]:
            answer = {"version": torch.__version__}
        else:
            answer = {"imagesPerSecond": trainings[request[0]].work(float(request[1]))}
        print(json.dumps(answer), flush=True)


main()
