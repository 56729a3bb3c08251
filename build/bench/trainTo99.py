"""The recipe of `npm run bench -- to-99` in PyTorch, for comparison.

Arguments: the file of images and labels (uint8: training images, test images, training labels, test labels), and the task as
JSON. Each line "run SEED" of standard input is answered with the seconds and the accuracy of one training.
"""

import json
import math
import sys
import time

import torch
from torch import nn

SIDE = 28


def build_network(layers):
    modules = []
    channels = 1
    for layer in layers:
        if layer["type"] == "conv2d":
            padding = layer["kernel"] // 2 if layer["padding"] == "same" else 0
            modules.append(nn.Conv2d(channels, layer["filters"], layer["kernel"], layer["stride"], padding, bias=layer["bias"]))
            channels = layer["filters"]
        elif layer["type"] == "batchNorm":
            modules.append(nn.BatchNorm2d(channels, eps=layer["epsilon"]))
        elif layer["type"] == "relu":
            modules.append(nn.ReLU())
        elif layer["type"] == "maxPool":
            modules.append(nn.MaxPool2d(layer["size"]))
        elif layer["type"] == "globalAveragePool":
            modules.append(nn.AdaptiveAvgPool2d(1))
        else:
            raise ValueError(layer["type"])
    modules.append(nn.Flatten())
    features = nn.Sequential(*modules)(torch.zeros(2, 1, SIDE, SIDE)).shape[1]
    modules.append(nn.Linear(features, 10))
    for module in modules:
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return nn.Sequential(*modules)


def one_cycle(step, steps, peak, climb=0.25):
    progress = step / (steps - 1)
    if progress < climb:
        return peak * (0.05 + 0.95 * progress / climb)
    return peak * max(1e-4, (1 + math.cos(math.pi * (progress - climb) / (1 - climb))) / 2)


def run(task, images, labels, test_images, test_labels, seed):
    torch.manual_seed(seed)
    batch_size, count = task["batchSize"], len(labels)
    start = time.perf_counter()
    network = build_network(task["layers"])
    decayed = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}])
    steps = task["epochs"] * math.ceil(count / batch_size)
    step = 0
    for _ in range(task["epochs"]):
        order = torch.randperm(count)
        for first in range(0, count, batch_size):
            rows = order[first : first + batch_size]
            for group in optimizer.param_groups:
                group["lr"] = one_cycle(step, steps, task["learningRate"])
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(network(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            step += 1
    seconds = time.perf_counter() - start
    network.eval()
    with torch.no_grad():
        right = sum(
            int((network(test_images[i : i + 500]).argmax(1) == test_labels[i : i + 500]).sum())
            for i in range(0, len(test_labels), 500)
        )
    return {"seconds": seconds, "accuracy": right / len(test_labels)}


def main():
    with open(sys.argv[2]) as file:
        task = json.load(file)
    torch.set_num_threads(task["threads"])
    train, test = task["counts"]
    with open(sys.argv[1], "rb") as file:
        data = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
    pixels = SIDE * SIDE
    sizes = [train * pixels, test * pixels, train, test]
    images, test_images, labels, test_labels = torch.split(data, sizes)
    images = images.reshape(train, 1, SIDE, SIDE).float() / 255
    test_images = test_images.reshape(test, 1, SIDE, SIDE).float() / 255
    for line in sys.stdin:
        request = line.split()
        if request[0] == "run":
            answer = run(task, images, labels.long(), test_images, test_labels.long(), int(request[1]))
        else:
            answer = {"version": torch.__version__}
        print(json.dumps(answer), flush=True)


main()
