"""Reading with Python's onnxruntime, for `npm run bench -- recognize`.

Arguments: the model, the height and width of its input, the threads. Each line of standard input, "latency SECONDS" or
"throughput SECONDS BATCH", is answered with milliseconds (p50, p99) or with images per second.
"""

import json
import sys
import time

import numpy
import onnxruntime


def main():
    path, height, width, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    random = numpy.random.default_rng(1)

    def run(batch):
        session.run(None, {"pixels": random.random((batch, 1, height, width), dtype=numpy.float32)})

    def latency(seconds):
        taken = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            image = random.random((1, 1, height, width), dtype=numpy.float32)
            start = time.perf_counter()
            logits = session.run(["logits"], {"pixels": image})[0]
            numpy.argsort(-logits[0])
            taken.append(1000 * (time.perf_counter() - start))
        return {"p50": float(numpy.percentile(taken, 50)), "p99": float(numpy.percentile(taken, 99))}

    def throughput(seconds, batch):
        images = random.random((batch, 1, height, width), dtype=numpy.float32)
        session.run(["logits"], {"pixels": images})
        done = 0
        start = time.perf_counter()
        elapsed = 0.0
        while elapsed < seconds:
            session.run(["logits"], {"pixels": images})
            done += batch
            elapsed = time.perf_counter() - start
        return {"imagesPerSecond": done / elapsed}

    run(1)
    for line in sys.stdin:
        request = line.split()
        if request == ["version"]:
            answer = {"version": onnxruntime.__version__}
        elif request[0] == "latency":
            answer = latency(float(request[1]))
        else:
            answer = throughput(float(request[1]), int(request[2]))
        print(json.dumps(answer), flush=True)


main()
