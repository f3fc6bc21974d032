# SPDX-License-Identifier: Apache-2.0
"""What tells whether the border between two pieces of a section is a membrane.

Learns the numbers in models/cells/BorderJudge.cpp from the borders of the sample stack, which no shipped model
has seen, as the shipped model predicts it (enlarged to 4 nm; the sections beside are those 50 nm away), and
prints them beside those of other sets of features, with V_rand of the pieces merged by them: of the sample, and
of any further stack whose labels are given. Then the same where people have corrected sections beside, so that
their true cells are known: numbers learned with predicted and with true cells beside, and the mean of both. Last,
what would come of it if every border were judged right.

    python borders.py
    python borders.py --stack train-volume.tif --labels train-labels.tif --membrane 0
    python borders.py --stack train-volume.tif --labels train-labels.tif --model learned.safetensors --slices 4,6,7
"""
import argparse
import dataclasses
import heapq
import pathlib

import numpy as np
import tifffile
import torch
from scipy import ndimage
from skimage.measure import label
from skimage.morphology import h_minima
from skimage.segmentation import watershed

import ideas

SAMPLES = pathlib.Path(__file__).parents[3] / "resources/samples"
ENLARGED = 2.5
BINS = 20
MIDDLES = (np.arange(BINS) + 0.5) / BINS
KNOWN = ["mean", "weakest", "length", "smaller", "same"]
SETS = [["mean"], ["weakest", "length", "smaller"], ["weakest", "length", "smaller", "same"],
        ["mean", "weakest", "length", "smaller", "same"], ["mean", "weakest", "smaller", "same"]]
JUDGE = 3  # of these
BEFORE, AFTER = -1, 1
CORRECTED = {"nothing corrected": (), "the section after": (AFTER,), "both beside": (BEFORE, AFTER)}


class Section:
    """Pieces of a section, what is known of each, and histograms of the borders between them."""

    def __init__(self, membrane, cells):
        levels = np.clip(ndimage.gaussian_filter(membrane, 1) * 255 + 0.5, 0, 255).astype(int)
        self.membrane, self.cells = membrane, cells
        self.pieces = watershed(levels, label(h_minima(levels, 5), connectivity=1), connectivity=1) - 1
        self.count = self.pieces.max() + 1
        self.borders = [dict() for _ in range(self.count)]
        for a, b in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
            self.add_borders(self.pieces[a], self.pieces[b], np.maximum(membrane[a], membrane[b]))
        self.rough = Merging(self, []).run(lambda looks: [look[0] for look in looks], 0.5)[self.pieces]
        self.corrected = self.rough

    def add_borders(self, a, b, probability):
        differ = a != b
        pairs = np.sort(np.stack([a[differ], b[differ]]), 0).astype(np.int64)
        keys, places = np.unique(pairs[0] * self.count + pairs[1], return_inverse=True)
        histograms = np.zeros((len(keys), BINS))
        np.add.at(histograms, (places, np.minimum((probability[differ] * BINS).astype(int), BINS - 1)), 1)
        for key, histogram in zip(keys, histograms):
            i, j = divmod(int(key), int(self.count))
            self.borders[i][j] = self.borders[j][i] = self.borders[i].get(j, 0) + histogram

    def overlaps(self, others):
        """For each piece, how many of its pixels lie over which of the others."""
        width = int(others.max()) + 1
        keys, counts = np.unique(self.pieces.astype(np.int64).ravel() * width + others.ravel(), return_counts=True)
        overlaps = [dict() for _ in range(self.count)]
        for key, count in zip(keys, counts):
            overlaps[int(key) // width][int(key) % width] = int(count)
        return overlaps


def same(a, b):
    """The probability that a pixel of the one and one of the other lie over the same one."""
    return sum(n * b.get(key, 0) for key, n in a.items()) / (sum(a.values()) * sum(b.values()))


class Merging:
    """Pieces of a section that become cells, the weakest border first."""

    def __init__(self, section, beside):
        self.borders = [dict(borders) for borders in section.borders]
        self.sizes = np.bincount(section.pieces.ravel(), minlength=section.count).astype(float)
        self.beside = [section.overlaps(rough) for rough in beside]
        self.truth = section.overlaps(section.cells)
        self.parents = list(range(section.count))
        self.met = []  # what was looked at, and whether it lies between two true cells

    def look(self, a, b):
        border = self.borders[a][b]
        length = border.sum()
        weakest = MIDDLES[np.searchsorted(np.cumsum(border), 0.1 * length)]
        beside = [same(overlaps[a], overlaps[b]) for overlaps in self.beside]
        return [(border * MIDDLES).sum() / length, weakest, np.log(length), np.log(min(self.sizes[a], self.sizes[b])),
                np.mean(beside) if beside else 0.4]

    def note(self, a, b, look):
        inside = [{cell: n for cell, n in self.truth[i].items() if cell} for i in (a, b)]
        if all(inside):
            self.met.append((look, same(*inside) < 0.5, np.sqrt(min(sum(cells.values()) for cells in inside))))

    def root(self, i):
        while self.parents[i] != i:
            i = self.parents[i]
        return i

    def run(self, strength, limit):
        queue = []

        def push(pairs):
            looks = [self.look(a, b) for a, b in pairs]
            for (a, b), look, value in zip(pairs, looks, strength(looks) if looks else []):
                heapq.heappush(queue, (value, self.borders[a][b].sum(), a, b, look))

        push([(a, b) for a, borders in enumerate(self.borders) for b in borders if a < b])
        while queue and queue[0][0] <= limit:
            _, length, a, b, look = heapq.heappop(queue)
            if b not in self.borders[a] or self.borders[a][b].sum() != length:
                continue
            self.note(a, b, look)
            push(self.merge(*((a, b) if len(self.borders[a]) >= len(self.borders[b]) else (b, a))))
        return np.array([self.root(i) for i in range(len(self.parents))])

    def merge(self, into, gone):
        self.parents[gone] = into
        self.sizes[into] += self.sizes[gone]
        for overlaps in [*self.beside, self.truth]:
            for key, n in overlaps[gone].items():
                overlaps[into][key] = overlaps[into].get(key, 0) + n
        del self.borders[into][gone]
        borders, self.borders[gone] = self.borders[gone], {}
        for other, border in borders.items():
            if other != into:
                del self.borders[other][gone]
                self.borders[into][other] = self.borders[other][into] = self.borders[into].get(other, 0) + border
        return [(into, other) for other in borders if other != into]

    def what_was_met(self):
        self.run(lambda looks: [look[0] for look in looks], 0.5)
        for a, borders in enumerate(self.borders):
            for b in borders:
                if a < b:
                    self.note(a, b, self.look(a, b))
        return [met for met in self.met if met[0][0] > 0.15]  # the rest is clear without a judge


def beside(sections, z, apart, corrected=()):
    places = [(z + way * apart, way) for way in (BEFORE, AFTER) if 0 <= z + way * apart < len(sections)]
    return [sections[other].corrected if way in corrected else sections[other].rough for other, way in places]


def met_in(stack, corrected=()):
    return [met for z, section in enumerate(stack.sections)
            for met in Merging(section, beside(stack.sections, z, stack.apart, corrected)).what_was_met()]


def learned(met, features):
    """Logistic regression, a little drawn to 0, by Newton's method."""
    looks, truth, weights = (np.array(part, float) for part in zip(*met))
    looks = looks[:, features]
    means, deviations = looks.mean(0), looks.std(0)
    x = np.column_stack([(looks - means) / deviations, np.ones(len(looks))])
    drawn = np.diag([10.0] * len(features) + [0])
    numbers = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ numbers))
        slope = x.T @ (weights * (truth - p)) - drawn @ numbers
        numbers += np.linalg.solve((x.T * (weights * p * (1 - p))) @ x + drawn, slope)
    factors = numbers[:-1] / deviations
    return factors, numbers[-1] - (factors * means).sum()


def judge_by(features, factors, constant):
    return lambda looks: np.array(looks)[:, features] @ factors + constant


def cut(section, cells):
    """Inside where it is likelier, but for one pixel between cells."""
    inside = (section.membrane < 0.5).astype(float)
    for a, b in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
        differ = cells[a] != cells[b]
        first = section.membrane[a] >= section.membrane[b]
        inside[a][differ & first] = 0
        inside[b][differ & ~first] = 0
    return inside


def v_rand(stack, evidence, corrected=()):
    judge = lambda looks: 1 / (1 + np.exp(-evidence(looks)))
    scores = []
    for z in stack.scored:
        section = stack.sections[z]
        cells = Merging(section, beside(stack.sections, z, stack.apart, corrected)).run(judge, 0.5)
        scores.append(ideas.v_rand(cut(section, cells[section.pieces]), section.cells, 0.5))
    return np.mean(scores)


def v_rand_if_right(stack):
    """Each piece is part of the true cell that most of it lies in."""
    scores = []
    for section in (stack.sections[z] for z in stack.scored):
        cells = np.array([max(cells, key=lambda cell: cells[cell] if cell else -1)
                          for cells in section.overlaps(section.cells)])
        scores.append(ideas.v_rand(cut(section, cells[section.pieces]), section.cells, 0.5))
    return np.mean(scores)


@torch.no_grad()
def predicted(volume, model):
    ideas.SHIPPED = model
    network = ideas.Learner("plain").to(memory_format=torch.channels_last).eval()
    for grey in ideas.normalised(volume.astype(np.float32)):
        rest = [-length % 16 for length in grey.shape]
        image = torch.from_numpy(np.pad(grey, [(32, 32 + more) for more in rest], "reflect"))
        answer = torch.softmax(network(image[None, None].contiguous(memory_format=torch.channels_last))[0], 1)[0, 0]
        yield answer[32 : 32 + grey.shape[0], 32 : 32 + grey.shape[1]].numpy()


@dataclasses.dataclass
class Stack:
    name: str
    sections: list
    apart: int  # sections 50 nm away
    scored: list


def stack_of(name, volume, inside, apart, model, scored=None):
    sections = [Section(membrane, label(truth, connectivity=1))
                for membrane, truth in zip(predicted(volume, model), inside)]
    for section in sections:
        section.corrected = Section((section.cells == 0).astype(np.float32), section.cells).rough
    return Stack(name, sections, apart, scored or range(len(sections)))


def sample():
    enlarge = lambda image, order: ndimage.zoom(image, ENLARGED, order=order, grid_mode=True, mode="nearest")
    raw = tifffile.imread(SAMPLES / "medulla-40.tif").astype(np.float32)
    inside = (tifffile.imread(SAMPLES / "medulla-40-membranes.tif") == 2).astype(np.uint8)
    return stack_of("sample", np.stack([enlarge(z, 3) for z in raw]), [enlarge(z, 0) > 0 for z in inside], 5,
                    ideas.SHIPPED)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--stack")
    arguments.add_argument("--labels")
    arguments.add_argument("--membrane", type=int, default=0, help="what membrane is in the labels")
    arguments.add_argument("--model", type=pathlib.Path, default=ideas.SHIPPED, help="that predicts this stack")
    arguments.add_argument("--slices", type=lambda text: [int(z) for z in text.split(",")], help="to score")
    options = arguments.parse_args()
    torch.set_num_threads(2)
    stacks = [sample()]
    if options.stack:
        inside = tifffile.imread(options.labels) != options.membrane
        stacks.append(stack_of(pathlib.Path(options.stack).name, tifffile.imread(options.stack), inside, 1,
                               options.model, options.slices))
    scores = lambda score, *how: ", ".join(f"{stack.name} {score(stack, *how):.4f}" for stack in stacks)
    terms = lambda factors, names: " ".join(f"{factor:+.2f} {name}" for factor, name in zip(factors, names))
    met = met_in(stacks[0])
    print(f"{len(met)} borders of the sample, {np.mean([between for _, between, _ in met]):.0%} between two cells")
    for number, names in enumerate(SETS):
        features = [KNOWN.index(name) for name in names]
        factors, constant = learned(met, features)
        print(f"{'*' if number == JUDGE else ' '} {constant:+.2f} {terms(factors, names)}   "
              f"V_rand: {scores(v_rand, judge_by(features, factors, constant))}", flush=True)

    features = [KNOWN.index(name) for name in SETS[JUDGE]]
    by_predicted = judge_by(features, *learned(met, features))
    factors, constant = learned(met_in(stacks[0], CORRECTED["both beside"]), features)
    by_corrected = judge_by(features, factors, constant)
    print(f"with true cells beside: {constant:+.2f} {terms(factors, SETS[JUDGE])}")
    judges = {"predicted": by_predicted, "true": by_corrected,
              "mean": lambda looks: (by_predicted(looks) + by_corrected(looks)) / 2}
    for what, corrected in CORRECTED.items():
        for name, judge in judges.items():
            print(f"{what}, learned with {name}   V_rand: {scores(v_rand, judge, corrected)}", flush=True)
    print(f"every border judged right   V_rand: {scores(v_rand_if_right)}")


if __name__ == "__main__":
    main()
