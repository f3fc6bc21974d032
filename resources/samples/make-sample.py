#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the sample stack and its truth from the medulla set (see README.md beside this file).

    python3 make-sample.py FOLDER    # FOLDER holds raw.tif and bodies.tif

Needs numpy, tifffile and imagecodecs.
"""
import pathlib
import sys

import numpy
import tifffile

FIRST_SECTION = 210
SPACING_NM = 10.0
MEMBRANE, INSIDE = 1, 2


def touches_another_body(bodies):
    """True where a 4-neighbour in the section belongs to another body, and where there is none."""
    border = bodies == 0
    for axis in (1, 2):
        near = [slice(None)] * 3
        far = [slice(None)] * 3
        near[axis], far[axis] = slice(None, -1), slice(1, None)
        changes = bodies[tuple(near)] != bodies[tuple(far)]
        border[tuple(near)] |= changes
        border[tuple(far)] |= changes
    return border


def widened_by_one_pixel(mask):
    wide = mask.copy()
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    wide[:, :, 1:] |= mask[:, :, :-1]
    wide[:, :, :-1] |= mask[:, :, 1:]
    return wide


def write(path, stack, horizontal):
    pixels_per_um = 1000.0 / SPACING_NM
    tifffile.imwrite(
        path, stack, imagej=True, compression="zlib", compressionargs={"level": 9},
        predictor=horizontal, resolution=(pixels_per_um, pixels_per_um),
        metadata={"axes": "ZYX", "spacing": SPACING_NM / 1000.0, "unit": "um"})


def main():
    source = pathlib.Path(sys.argv[1])
    target = pathlib.Path(__file__).resolve().parent
    raw = tifffile.imread(source / "raw.tif")[FIRST_SECTION:]
    bodies = tifffile.imread(source / "bodies.tif")[FIRST_SECTION:]
    membrane = widened_by_one_pixel(touches_another_body(bodies))
    write(target / "medulla-40.tif", raw, horizontal=True)
    write(target / "medulla-40-membranes.tif",
          numpy.where(membrane, MEMBRANE, INSIDE).astype(numpy.uint8), horizontal=False)


if __name__ == "__main__":
    main()
