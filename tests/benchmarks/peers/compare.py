#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Emend and its peers on one network, in turn: see README.md beside this file."""
import argparse
import json
import os
import statistics
import sys
import time

import torch

import contestants

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


def parsed():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=["inference", "training"])
    parser.add_argument("--net", default="same32", help="classic64, same32, same16, ...")
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--precision", choices=["fp32", "bf16", "fp16"], default="fp32")
    parser.add_argument("--emend-precision", help="of Emend alone: fp32, mixed, auto; else as --precision")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu or cuda:0")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", help="a list of emend, eager, eager-last, compile, ort, tensorrt")
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/bin/emend-cli"))
    parser.add_argument("--json", metavar="FILE")
    return parser.parse_args()


def prepared(options):
    """Those that can take part, warmed up."""
    wanted = options.only.split(",") if options.only else None
    ready = {}
    for name, make in contestants.contestants(options, options.program).items():
        if wanted and name not in wanted:
            continue
        try:
            contestant = make()
            for _ in range(2):
                contestant.run()
        except contestants.LeftOut as reason:
            print(f"{name}: left out, {reason}", file=sys.stderr)
            continue
        except Exception as error:  # a peer that fails is no reason not to compare the others
            print(f"{name}: left out, {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
            continue
        ready[name] = contestant
    return ready


def measured(ready, rounds):
    """Seconds of each batch. The order turns round, so that none is always the first."""
    seconds = {name: [] for name in ready}
    for i in range(rounds):
        names = list(ready) if i % 2 == 0 else list(reversed(list(ready)))
        for name in names:
            start = time.perf_counter()
            ready[name].run()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def report(seconds, options):
    print(f"{options.mode}, {options.net}, {options.size} x {options.size}, batch {options.batch}, "
          f"{options.precision}, {options.threads} threads, {options.device}, {options.rounds} rounds")
    print("| | least ms | median ms | Emend is faster: least | median |")
    print("| --- | ---: | ---: | ---: | ---: |")
    own = seconds.get("emend")
    for name, times in seconds.items():
        ratios = ""
        if own and name != "emend":
            pairs = [theirs / ours for theirs, ours in zip(times, own)]
            ratios = f"{min(times) / min(own):.2f} | {statistics.median(pairs):.2f}"
        print(f"| {name} | {min(times) * 1e3:.1f} | {statistics.median(times) * 1e3:.1f} | {ratios or ' | '} |")


def main():
    options = parsed()
    torch.set_num_threads(options.threads)
    seconds = measured(prepared(options), options.rounds)
    report(seconds, options)
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"options": vars(options), "seconds": seconds}, file, indent=1)


if __name__ == "__main__":
    main()
