# SPDX-License-Identifier: Apache-2.0
"""In which order places should be corrected: what a pixel at stake is worth beside a pixel of doubt.

Somebody corrects ten places of 64 x 64 pixels, all of each, sections are cut again with what is known by then
(the model does not learn), and so on. Which places: those of most doubt (1 less the distance of both classes'
probabilities; the surest of 2 x 2 pixels counts) and most stake (models/cells/CellPieces.h), times a weight; or
places drawn by chance. Prints V_rand and the Dice of whole pixels after each round, of the sample stack, or of
another whose labels are given.

    python places.py
    python places.py --stack train-volume.tif --labels train-labels.tif --slices 2,10,14,22,26,29
"""
import argparse
import heapq
import multiprocessing
import pathlib

import numpy as np
import tifffile
import torch
from scipy import ndimage
from skimage.measure import label

import borders
import ideas

SIDE, STEP, A_ROUND = 64, 16, 10
SURELY_RIGHT = 0.02
PAIRS = ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:]))


class Staking(borders.Merging):
    """Remembers of each border between two regions how likely it was judged wrongly, and what it divides."""

    def judged(self, judge):
        self.stakes = []  # p a b, and the pieces on either side
        members = [{i} for i in range(len(self.parents))]
        queue = []

        def push(pairs):
            for a, b in pairs:
                heapq.heappush(queue, (judge([self.look(a, b)])[0], self.borders[a][b].sum(), a, b))

        def note(wrong, a, b):
            if wrong >= SURELY_RIGHT:
                self.stakes.append((wrong * self.sizes[a] * self.sizes[b], members[a].copy(), members[b].copy()))

        push([(a, b) for a, beside in enumerate(self.borders) for b in beside if a < b])
        while queue and queue[0][0] <= 0.5:
            one, length, a, b = heapq.heappop(queue)
            if b not in self.borders[a] or self.borders[a][b].sum() != length:
                continue
            note(one, a, b)
            into, gone = (a, b) if len(self.borders[a]) >= len(self.borders[b]) else (b, a)
            members[into] |= members[gone]
            push(self.merge(into, gone))
        for a, beside in enumerate(self.borders):
            for b in beside:
                if a < b:
                    note(1 - judge([self.look(a, b)])[0], a, b)
        return np.array([self.root(i) for i in range(len(self.parents))])


def pixels_between(section):
    """The pixels of the borders between pieces."""
    pixels = {}
    for first, second in PAIRS:
        differ = section.pieces[first] != section.pieces[second]
        rows, columns = np.nonzero(differ)
        for y, x, a, b in zip(rows, columns, section.pieces[first][differ], section.pieces[second][differ]):
            pixels.setdefault((min(a, b), max(a, b)), []).append((y, x))
    return pixels


def stakes_of(section, merging, cells):
    pixels = pixels_between(section)
    beside = {}
    for a, b in pixels:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    sizes = np.bincount(cells.ravel()).astype(float)
    stakes = np.zeros(cells.shape)
    for stake, one, other in merging.stakes:
        between = [place for a in one for b in beside[a] if b in other for place in pixels[min(a, b), max(a, b)]]
        for y, x in between:
            stakes[y, x] += stake / len(between) / ((sizes**2).sum() / cells.size)
    return stakes


def closed(section, cells):
    """The membrane's probability, which wins where it borders cells."""
    membrane = section.membrane
    border = np.zeros(membrane.shape, bool)
    for first, second in PAIRS:
        differ = cells[first] != cells[second]
        is_first = membrane[first] >= membrane[second]
        border[first][differ & is_first] = True
        border[second][differ & ~is_first] = True
    wide = border.copy()
    for y, x in zip(*np.nonzero(border & (membrane < 0.5))):
        around = np.s_[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3]
        wide[around] |= membrane[around] >= membrane[y, x] / 2
    return np.where(wide, np.maximum(membrane, 0.52), membrane)


def doubt_of(membrane):
    doubt = 1 - np.abs(2 * membrane - 1)
    least = np.kron(ndimage.minimum_filter(doubt, 2, origin=-1)[::2, ::2], np.ones((2, 2)))
    return least[: doubt.shape[0], : doubt.shape[1]]


def looked_at(work):
    """A section as it is cut now: the membrane's probability, doubt and stakes of what is open."""
    section, beside, is_decided, judge = work
    merging = Staking(section, beside)
    cells = merging.judged(judge)[section.pieces]
    membrane = closed(section, cells)
    open_ = ~is_decided
    return membrane, doubt_of(membrane) * open_, stakes_of(section, merging, cells) * open_


def best_places(worths):
    """Of all sections, the best that do not overlap better ones."""
    windows = []
    for z, worth in worths.items():
        sums = np.pad(worth.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        for y in range(0, worth.shape[0] - SIDE + 1, STEP):
            for x in range(0, worth.shape[1] - SIDE + 1, STEP):
                windows.append((sums[y + SIDE, x + SIDE] - sums[y, x + SIDE] - sums[y + SIDE, x] + sums[y, x], z, y, x))
    best = []
    for _, z, y, x in sorted(windows, reverse=True):
        if all(z != other or abs(y - row) >= SIDE or abs(x - column) >= SIDE for other, row, column in best):
            best.append((z, y, x))
        if len(best) == A_ROUND:
            return best
    return best


def by_chance(stack, seed):
    places = [(z, y, x) for z in stack.scored for y in range(0, stack.sections[z].cells.shape[0] - SIDE + 1, SIDE)
              for x in range(0, stack.sections[z].cells.shape[1] - SIDE + 1, SIDE)]
    return [places[i] for i in np.random.default_rng(seed).permutation(len(places))]


def section_of(work):
    return borders.Section(*work)


def corrected(stack, weight, seed, rounds, judge, pool):
    sections = list(stack.sections)
    decided = [np.zeros(section.cells.shape, bool) for section in sections]
    chance = None if weight is not None else by_chance(stack, seed)
    for number in range(rounds + 1):
        work = [(sections[z], borders.beside(sections, z, stack.apart), decided[z], judge) for z in stack.scored]
        looks = dict(zip(stack.scored, pool.map(looked_at, work, chunksize=1)))
        inside = {z: (look[0] <= 0.5).astype(float) for z, look in looks.items()}
        yield (np.mean([ideas.v_rand(inside[z], sections[z].cells, 0.5) for z in inside]),
               np.mean([ideas.dice(inside[z], (sections[z].cells > 0).astype(float)) for z in inside]))
        if chance:
            places = chance[number * A_ROUND : (number + 1) * A_ROUND]
        else:
            places = best_places({z: doubt + weight * stakes for z, (_, doubt, stakes) in looks.items()})
        changed = {}
        for z, y, x in places:
            place = np.s_[y : y + SIDE, x : x + SIDE]
            decided[z][place] = True
            changed.setdefault(z, sections[z].membrane.copy())[place] = sections[z].cells[place] == 0
        again = pool.map(section_of, [(membrane, sections[z].cells) for z, membrane in changed.items()], chunksize=1)
        for z, section in zip(changed, again):
            sections[z] = section


class Judge:
    """As borders.py learns it from the sample."""

    def __init__(self, met):
        self.features = [borders.KNOWN.index(name) for name in borders.SETS[borders.JUDGE]]
        self.numbers = borders.learned(met, self.features)

    def __call__(self, looks):
        return 1 / (1 + np.exp(-borders.judge_by(self.features, *self.numbers)(looks)))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--stack")
    arguments.add_argument("--labels")
    arguments.add_argument("--membrane", type=int, default=0, help="what membrane is in the labels")
    arguments.add_argument("--slices", type=lambda text: [int(z) for z in text.split(",")], help="to correct")
    arguments.add_argument("--rounds", type=int, default=8)
    arguments.add_argument("--weights", default="0,0.25,0.5,1,2", help="of a pixel at stake")
    options = arguments.parse_args()
    torch.set_num_threads(2)
    stack = borders.sample()
    judge = Judge(borders.met_in(stack))
    if options.stack:
        inside = tifffile.imread(options.labels) != options.membrane
        stack = borders.stack_of(pathlib.Path(options.stack).name, tifffile.imread(options.stack), inside, 1,
                                 ideas.SHIPPED, options.slices)
    else:
        stack.scored = range(0, len(stack.sections), stack.apart)
    orders = [(f"weight {weight}", float(weight), 0) for weight in options.weights.split(",")]
    orders += [(f"chance {seed}", None, seed) for seed in (1, 2)]
    with multiprocessing.Pool(2) as pool:
        for name, weight, seed in orders:
            rounds = corrected(stack, weight, seed, options.rounds, judge, pool)
            print(f"{name:12}", *(f"{v_rand:.4f}/{dice:.4f}" for v_rand, dice in rounds), flush=True)


if __name__ == "__main__":
    main()
