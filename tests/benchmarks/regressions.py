#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which network became slower than it was when it was last recorded.

Each is measured by emend-cli beside a calibration in the same process: a product of two matrices,
the fastest that the processor gives at that moment. Recorded is the ratio of both (shareOfPeak of
the fastest batch), so that a busy or another day changes little; each is the best of several runs.
Ratios are kept for each processor in recorded.json.

    regressions.py PROGRAM [--record]
"""
import json
import os
import platform
import subprocess
import sys

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json")
MARGIN = 0.25  # what chance does to a ratio on a shared machine; seen: up to 0.16
RUNS = 2
WORK = {
    "predicting, same32 at 256": ["inference", "--network", "same32", "--size", "256"],
    "predicting, same16 at 512": ["inference", "--network", "same16", "--size", "512"],
    "predicting, classic with 16 channels at 572": ["inference", "--network", "classic16", "--size", "572"],
    "learning, same16 at 192, batch 4": ["training", "--network", "same16", "--size", "192", "--batch", "4"],
}


def share(program, arguments):
    """The fastest batch's operations a second by the calibration's, and the processor's name."""
    command = [program, "benchmark", *arguments, "--precision", "fp32", "--device", "cpu", "--threads", "1",
               "--warm-up", "1", "--iterations", "4", "--json", "-"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    row = result["rows"][0]
    seconds = row["latencyMs"]["fastest"] / 1e3
    return row["gflopPerImage"] * row["batch"] / seconds / row["peakGflops"], result["processor"]


def measured(program):
    shares = {}
    for name, arguments in WORK.items():
        runs = [share(program, arguments) for _ in range(RUNS)]
        shares[name] = round(max(ratio for ratio, _ in runs), 3)
        processor = runs[0][1] or platform.machine()
    return processor, shares


def sentence(name, now, before):
    if before is None:
        return f"{name}: {now:.2f} of the calibration; nothing was recorded yet."
    change = now / before - 1
    if change < -MARGIN:
        return f"{name} became slower: {now:.2f} of the calibration, recorded were {before:.2f} ({change:+.0%})."
    if change > MARGIN:
        return f"{name} became faster: {now:.2f} of the calibration, recorded were {before:.2f} ({change:+.0%})."
    return f"{name} is as fast as it was: {now:.2f} of the calibration ({change:+.0%})."


def main():
    program = sys.argv[1]
    recorded = {}
    if os.path.exists(RECORDED):
        with open(RECORDED) as file:
            recorded = json.load(file)
    processor, shares = measured(program)
    before = recorded.get(processor, {})
    for name, now in shares.items():
        print(sentence(name, now, before.get(name)))
    if "--record" in sys.argv[2:]:
        recorded[processor] = shares
        with open(RECORDED, "w") as file:
            json.dump(recorded, file, indent=4, sort_keys=True)
            file.write("\n")
        return 0
    if not before:
        print(f"For this processor ({processor}) record with: ./dev bench --record")
    return int(any(now < before[name] * (1 - MARGIN) for name, now in shares.items() if name in before))


if __name__ == "__main__":
    sys.exit(main())
