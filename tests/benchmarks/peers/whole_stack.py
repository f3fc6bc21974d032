#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A TIFF in, a TIFF of masks out: emend-cli, and a script as a PyTorch user writes it, in turn, on all cores.

Emend's time is that of the whole process. The script's is taken twice: of the whole process as well (script), and
from after its imports on. It shows each slice to the network as it is, without a margin around it. tifffile is
needed beside what README.md names.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

import tifffile
import torch

import networks
from compare import ROOT


def parsed():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stack", help="a TIFF of sections")
    parser.add_argument("--net", default="same16", help="the script's; membrane is a same16")
    parser.add_argument("--model", default="membrane", help="emend-cli's")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--masks", help="only be the script, and write this")
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/bin/emend-cli"))
    return parser.parse_args()


def with_emend(options, masks):
    subprocess.run([options.program, "predict", options.stack, "--model", options.model, "--device", "cpu", "-o", masks],
                   check=True, stderr=subprocess.DEVNULL)


def with_script(options, masks):
    subprocess.run([sys.executable, __file__, options.stack, "--net", options.net, "--masks", masks], check=True)


def with_torch(options, masks, layout):
    network = networks.Predictor(networks.UNet(options.net)).eval().to(memory_format=layout)
    stack = tifffile.imread(options.stack)
    answers = []
    with torch.inference_mode():
        for section in stack:
            grey = torch.from_numpy(section).float()
            grey = ((grey - grey.mean()) / grey.std())[None, None].to(memory_format=layout)
            answers.append((network(grey)[0].argmax(0) + 1).byte().numpy())
    with tifffile.TiffWriter(masks) as file:
        for answer in answers:
            file.write(answer, compression="zlib")


def main():
    options = parsed()
    torch.set_num_threads(os.cpu_count())
    if options.masks:
        with_torch(options, options.masks, torch.contiguous_format)
        return
    ways = {"emend": lambda masks: with_emend(options, masks),
            "script": lambda masks: with_script(options, masks),
            "eager": lambda masks: with_torch(options, masks, torch.contiguous_format),
            "eager-last": lambda masks: with_torch(options, masks, torch.channels_last)}
    seconds = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            for name, way in ways.items():
                start = time.perf_counter()
                way(os.path.join(folder, f"{name}.tif"))
                seconds[name].append(time.perf_counter() - start)
    print("| | least s | median s | Emend is faster: least |")
    print("| --- | ---: | ---: | ---: |")
    for name, times in seconds.items():
        ratio = "" if name == "emend" else f"{min(times) / min(seconds['emend']):.2f}"
        print(f"| {name} | {min(times):.2f} | {statistics.median(times):.2f} | {ratio} |")


if __name__ == "__main__":
    main()
