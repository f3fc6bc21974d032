# SPDX-License-Identifier: Apache-2.0
"""What ideas for learning from whole slices bring, before any of them is built into Emend.

Each idea changes one thing of the same short learning from the shipped model, with the same patches
in the same order, and is judged on slices that were not learned from, seen from eight sides:

    plain       as Emend learns: turned, mirrored, other contrast, blur, noise
    neighbours  the sections before and after as further input channels, their weights 0 at first
    affinities  the network also answers whether two pixels, 1 and 8 apart, are inside the same cell;
                that is only learned, not used (a second task)
    encoder     the encoder learns at a tenth of the rate
    warp        patches are turned freely, scaled by up to a fifth, and bent
    borders     pixels between two cells that lie close together count more, up to six times
    centrelines the loss also asks whether the membranes' centrelines are found, and true ones

    python ideas.py train-volume.tif train-labels.tif --learn 5,10,17,23,28 --test 0,3,12,15,21,25
"""
import argparse
import json
import math
import pathlib
import re
import struct

import numpy as np
import tifffile
import torch
from scipy import ndimage
from skimage.measure import label
from skimage.segmentation import watershed
from torch import nn
from torch.nn import functional

import networks

SHIPPED = pathlib.Path(__file__).parents[3] / "resources/models/membrane.safetensors"
OFFSETS = ((0, 1), (1, 0), (0, 8), (8, 0))
THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
PATCH = 192
BATCH = 4


def read_weights(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__")
    weights = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        kind = {"F32": np.float32, "F16": np.float16}[entry["dtype"]]
        values = np.frombuffer(data[begin:end], kind).astype(np.float32)
        weights[name] = torch.from_numpy(values.reshape(entry["shape"]))
    return weights


def name_in_python(name):
    """Emend's names of weights, as networks.py has them."""
    name = re.sub(r"^(encoder|decoder)(\d)\.", r"\1s.\2.layers.", name)
    name = re.sub(r"^up(\d)\.", r"ups.\1.", name)
    for emend, place in (("first.", "0."), ("firstNorm.", "1."), ("second.", "3."), ("secondNorm.", "4.")):
        name = name.replace("layers." + emend, "layers." + place)
    return name


class Learner(nn.Module):
    """The network and, for affinities, a second head on the same last map."""

    def __init__(self, idea):
        super().__init__()
        self.network = networks.UNet("same16")
        self.inputs = 3 if idea == "neighbours" else 1
        self.load(read_weights(SHIPPED))
        self.head = self.network.head
        self.network.head = nn.Identity()
        self.affinities = nn.Conv2d(16, len(OFFSETS), 1) if idea == "affinities" else None

    def load(self, weights):
        state = {name_in_python(name): values for name, values in weights.items()}
        self.network.load_state_dict(state, strict=False)
        if self.inputs == 1:
            return
        old = self.network.encoders[0].layers[0]
        new = nn.Conv2d(self.inputs, old.out_channels, 3, padding=1, bias=False)
        with torch.no_grad():
            new.weight.zero_()
            new.weight[:, self.inputs // 2] = old.weight[:, 0]
        self.network.encoders[0].layers[0] = new

    def forward(self, x):
        features = self.network(x)
        return self.head(features), self.affinities(features) if self.affinities else None

    def groups(self, rate, idea):
        encoder = list(self.network.encoders.parameters())
        known = {id(p) for p in encoder}
        rest = [p for p in self.parameters() if id(p) not in known]
        return [{"params": encoder, "share": 0.1 if idea == "encoder" else 1.0}, {"params": rest, "share": 1.0}]


def normalised(volume):
    mean = volume.mean((1, 2), keepdims=True)
    deviation = volume.std((1, 2), keepdims=True)
    return np.clip((volume - mean) / deviation, -5, 5).astype(np.float32)


def border_weights(cells):
    """1, and up to 5 more between two cells: O. Ronneberger et al., MICCAI 2015, eq. 2, with 5 and 5 pixels for its w0 and sigma."""
    far = float(sum(cells.shape))
    nearest, second = np.full(cells.shape, far), np.full(cells.shape, far)
    for number, box in enumerate(ndimage.find_objects(cells), 1):
        if box is None:  # not in this patch
            continue
        box = tuple(slice(max(0, s.start - 20), s.stop + 20) for s in box)  # further away it weighs nothing
        distance = ndimage.distance_transform_edt(cells[box] != number)
        second[box] = np.minimum(second[box], np.maximum(distance, nearest[box]))
        nearest[box] = np.minimum(nearest[box], distance)
    return 1 + 5 * np.exp(-((nearest + second) ** 2) / (2 * 5**2)) * (cells == 0)


def with_neighbours(grey, z, channels):
    if channels == 1:
        return grey[z : z + 1]
    return grey[np.clip([z - 1, z, z + 1], 0, len(grey) - 1)]


def warped(grey, targets, cells, rng):
    """The same places of all three: grey values between pixels, classes at the nearest."""
    angle, scale = rng.uniform(0, 2 * math.pi), math.exp(rng.uniform(-0.2, 0.2))
    turn = np.array([[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0]]) * scale
    grid = functional.affine_grid(torch.tensor(turn[None], dtype=torch.float32), (1, 1, PATCH, PATCH), False)
    bend = torch.tensor(rng.normal(0, 0.03, (1, 2, 6, 6)), dtype=torch.float32)
    grid = grid + functional.interpolate(bend, (PATCH, PATCH), mode="bicubic").permute(0, 2, 3, 1)
    sample = lambda image, mode: functional.grid_sample(
        torch.from_numpy(np.ascontiguousarray(image, dtype=np.float32))[None], grid, mode, "reflection", False)[0].numpy()
    nearest = sample(np.stack([targets, cells]), "nearest").round().astype(np.int64)
    return sample(grey, "bilinear"), nearest[0], nearest[1]


def patch(data, channels, is_warped, rng):
    grey, inside, cells = data["grey"], data["inside"], data["cells"]
    z = rng.choice(data["learn"])
    y, x = (rng.integers(0, length - PATCH + 1) for length in grey.shape[1:])
    place = np.s_[y : y + PATCH, x : x + PATCH]
    image = with_neighbours(grey, z, channels)[(slice(None), *place)]
    targets, cell = inside[z][place], cells[z][place]
    if is_warped:
        image, targets, cell = warped(image, targets, cell, rng)
    turns, mirrors = rng.integers(4), rng.random() < 0.5
    turn = lambda a: (lambda b: b[..., ::-1] if mirrors else b)(np.rot90(a, turns, (-2, -1))).copy()
    image, targets, cell = turn(image), turn(targets), turn(cell)
    if rng.random() < 0.5:
        gamma = math.exp(rng.uniform(-0.3, 0.3))
        image = np.where(np.abs(image) < 3, np.clip((image + 3) / 6, 0, 1) ** gamma * 6 - 3, image)
    image = image * math.exp(rng.uniform(-0.25, 0.25)) + rng.uniform(-0.25, 0.25)
    if rng.random() < 0.5:
        image = image + rng.normal(0, rng.uniform(0.02, 0.3), image.shape)
    return image.astype(np.float32), targets, cell


def soft_skeleton(image, rounds=10):
    """What opening takes away at each width; S. Shit et al., clDice, CVPR 2021."""
    shrunk = lambda a: torch.minimum(-functional.max_pool2d(-a, (3, 1), 1, (1, 0)), -functional.max_pool2d(-a, (1, 3), 1, (0, 1)))
    opened = lambda a: functional.max_pool2d(shrunk(a), 3, 1, 1)
    skeleton = functional.relu(image - opened(image))
    for _ in range(rounds):
        image = shrunk(image)
        more = functional.relu(image - opened(image))
        skeleton = skeleton + functional.relu(more - skeleton * more)
    return skeleton


def centreline_loss(logits, targets):
    found, true = torch.softmax(logits, 1)[:, :1], (targets == 0).float()[:, None]
    found_lines, true_lines = soft_skeleton(found), soft_skeleton(true)
    share = lambda lines, area: ((lines * area).sum() + 1) / (lines.sum() + 1)
    right, hit = share(found_lines, true), share(true_lines, found)
    return 1 - 2 * right * hit / (right + hit)


def border_loss(logits, targets, cells):
    """What networks.loss lacks where pixels between cells count more."""
    weights = torch.from_numpy(np.stack([border_weights(patch.numpy()) for patch in cells])).float()
    return ((weights - 1) * functional.cross_entropy(logits, targets, reduction="none")).mean()


def affinity_loss(answer, cells):
    total = 0
    for channel, (dy, dx) in enumerate(OFFSETS):
        height, width = cells.size(1) - dy, cells.size(2) - dx
        here, there = cells[:, :height, :width], cells[:, dy:, dx:]
        same = ((here == there) & (here > 0)).float()
        total = total + functional.binary_cross_entropy_with_logits(answer[:, channel, :height, :width], same)
    return total / len(OFFSETS)


def learn(data, idea, steps, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    learner = Learner(idea).to(memory_format=torch.channels_last).train()
    rate = 1e-3
    optimiser = torch.optim.AdamW(learner.groups(rate, idea), lr=rate, weight_decay=1e-4)
    run = torch.compile(learner)
    kept = max(1, steps // 5)
    means = torch.optim.swa_utils.AveragedModel(
        learner, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(1 - 1 / kept))
    for step in range(steps):
        share = min(1, (step + 1) / 20) * 0.5 * (1 + math.cos(math.pi * step / steps))
        for group in optimiser.param_groups:
            group["lr"] = rate * share * group["share"]
        drawn = [patch(data, learner.inputs, idea == "warp", rng) for _ in range(BATCH)]
        images, targets, cells = (torch.from_numpy(np.stack(part)) for part in zip(*drawn))
        logits, affinities = run(images.to(memory_format=torch.channels_last))
        loss = networks.loss(logits, targets)
        if affinities is not None:
            loss = loss + affinity_loss(affinities, cells)
        if idea == "borders":
            loss = loss + border_loss(logits, targets, cells)
        if idea == "centrelines":
            loss = loss + centreline_loss(logits, targets)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        optimiser.step()
        if step >= steps - kept:
            means.update_parameters(learner)
    averaged = means.module
    estimate_statistics(averaged, data, idea, rng)
    return averaged.eval()


@torch.no_grad()
def estimate_statistics(learner, data, idea, rng):
    for module in learner.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None
    learner.train()
    for _ in range(16):
        drawn = [patch(data, learner.inputs, idea == "warp", rng)[0] for _ in range(BATCH)]
        learner(torch.from_numpy(np.stack(drawn)))


@torch.no_grad()
def probability_of_inside(learner, grey, z):
    image = torch.from_numpy(np.pad(with_neighbours(grey, z, learner.inputs), ((0, 0), (32, 32), (32, 32)), "reflect"))
    total = 0
    for turns in range(4):
        for mirrors in (False, True):
            view = torch.rot90(image, turns, (1, 2))
            view = view.flip(2) if mirrors else view
            answer = torch.softmax(learner(view[None].contiguous(memory_format=torch.channels_last))[0], 1)[0, 1]
            answer = answer.flip(1) if mirrors else answer
            total = total + torch.rot90(answer, -turns, (0, 1))
    return (total / 8)[32:-32, 32:-32].numpy()


def dice(answer, truth):
    one = lambda a, b: 2 * (a * b).sum() / ((a * a).sum() + (b * b).sum())
    return (one(answer, truth) + one(1 - answer, 1 - truth)) / 2


def v_rand(inside, truth_cells, threshold):
    """Arganda-Carreras et al., Front. Neuroanat. 9:142, 2015: after thinning, on the cells of the truth."""
    found = label(inside > threshold, connectivity=1)
    if found.max() == 0:
        return 0.0
    thin = watershed(inside <= threshold, found, connectivity=1, watershed_line=True)
    counted = truth_cells > 0
    shares = np.zeros((truth_cells.max() + 1, thin.max() + 1))
    np.add.at(shares, (truth_cells[counted], thin[counted]), 1 / counted.sum())
    lone = shares[:, 0].sum() / counted.sum()
    both = (shares[:, 1:] ** 2).sum() + lone
    return 2 * both / ((shares.sum(1) ** 2).sum() + (shares[:, 1:].sum(0) ** 2).sum() + lone)


def judge(learner, data):
    answers = {z: probability_of_inside(learner, data["grey"], z) for z in data["test"]}
    truths = {z: data["inside"][z].astype(np.float64) for z in data["test"]}
    soft = np.mean([dice(answers[z].astype(np.float64), truths[z]) for z in data["test"]])
    rand = max(np.mean([v_rand(answers[z], data["cells"][z], t) for z in data["test"]]) for t in THRESHOLDS)
    return soft, rand


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("stack")
    arguments.add_argument("labels", help="0 is membrane")
    numbers = lambda text: [int(part) for part in text.split(",")]
    arguments.add_argument("--learn", type=numbers, default=numbers("5,10,17,23,28"))
    arguments.add_argument("--test", type=numbers, default=numbers("0,3,12,15,21,25"))
    arguments.add_argument("--steps", type=int, default=600)
    arguments.add_argument("--seeds", type=numbers, default=[1])
    arguments.add_argument("--ideas", default="plain,neighbours,affinities,encoder,warp,borders,centrelines")
    options = arguments.parse_args()
    torch.set_num_threads(2)
    inside = (tifffile.imread(options.labels) > 0).astype(np.int64)
    data = {"grey": normalised(tifffile.imread(options.stack).astype(np.float32)), "inside": inside,
            "cells": np.stack([label(section, connectivity=1) for section in inside]),
            "learn": options.learn, "test": options.test}
    for seed in options.seeds:
        for idea in options.ideas.split(","):
            soft, rand = judge(learn(data, idea, options.steps, seed), data)
            print(f"{idea:12} seed {seed}  Dice {soft:.4f}  V_rand {rand:.4f}", flush=True)


if __name__ == "__main__":
    main()
