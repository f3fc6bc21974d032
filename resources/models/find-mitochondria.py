#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Finds the mitochondria of the medulla set, which nobody has labelled (see README.md beside this file).

    python3 find-mitochondria.py FOLDER    # FOLDER holds raw.tif and bodies.tif; adds mitochondria.tif

In these images they are the only large things that are evenly dark: what is darker than SURE over more than
SURE_RADIUS voxels grows by a watershed of the grey values until it meets what is brighter than BRIGHT, or the
membrane of its cell. Needs numpy, scipy, scikit-image and tifffile; takes a minute.
"""
import pathlib
import sys

import numpy
import tifffile
from scipy import ndimage
from skimage import measure, segmentation

SURE, BRIGHT = 92, 118  # grey values, where the median of a section is 130
SURE_RADIUS, RADIUS = 4, 4.5  # voxels of 10 nm: nothing that is thinner than twice that
FEWEST_SURE, FEWEST = 1200, 2500  # voxels of one mitochondrion


def evenly_exposed(raw):
    medians = numpy.median(raw, axis=(1, 2))
    return raw * (130 / ndimage.gaussian_filter1d(medians, 15))[:, None, None]


def distance_to_other_bodies(bodies):
    border = numpy.zeros(bodies.shape, bool)
    for axis in range(3):
        near = [slice(None)] * 3
        far = [slice(None)] * 3
        near[axis], far[axis] = slice(None, -1), slice(1, None)
        differs = bodies[tuple(near)] != bodies[tuple(far)]
        border[tuple(near)] |= differs
        border[tuple(far)] |= differs
    return ndimage.distance_transform_edt(~border)


def opened(mask, radius):
    """Without what is thinner than a ball of that radius; the volume goes on beyond its faces."""
    pad = int(2 * radius)
    wide = numpy.pad(mask, pad, mode="edge")
    core = ndimage.distance_transform_edt(wide) > radius
    wide &= ndimage.distance_transform_edt(~core) <= radius + 0.5
    return wide[pad:-pad, pad:-pad, pad:-pad]


def without_small(mask, fewest):
    labels = measure.label(mask)
    is_large = numpy.bincount(labels.ravel()) >= fewest
    is_large[0] = False
    return is_large[labels]


def filled(mask):
    for axis in range(3):
        planes = numpy.moveaxis(mask, axis, 0)
        mask = numpy.moveaxis(numpy.stack([ndimage.binary_fill_holes(plane) for plane in planes]), 0, axis)
    return mask


def mitochondria(raw, bodies):
    is_inside = distance_to_other_bodies(bodies) > 1
    grey = ndimage.gaussian_filter(evenly_exposed(raw.astype(numpy.float32)), 1.3)
    sure = without_small(opened((grey < SURE) & is_inside, SURE_RADIUS), FEWEST_SURE)
    is_other = ((grey > BRIGHT) | ~is_inside) & ~sure
    grown = segmentation.watershed(grey, sure + 2 * is_other) == 1
    smooth = ndimage.gaussian_filter(opened(grown & is_inside, RADIUS).astype(numpy.float32), 1.2) > 0.5
    return without_small(filled(smooth & is_inside), FEWEST)


def main():
    folder = pathlib.Path(sys.argv[1])
    found = mitochondria(tifffile.imread(folder / "raw.tif"), tifffile.imread(folder / "bodies.tif"))
    tifffile.imwrite(folder / "mitochondria.tif", found.astype(numpy.uint8), compression="zlib", predictor=False)
    print(f"{100 * found.mean():.1f} % of the volume, {measure.label(found).max()} mitochondria or parts of them")


if __name__ == "__main__":
    main()
