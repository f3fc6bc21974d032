# SPDX-License-Identifier: Apache-2.0
"""The networks of models/UNetSpec.h as a PyTorch user writes them."""
import re

import torch
from torch import nn


class DoubleConvolution(nn.Module):
    def __init__(self, inputs, outputs, padding, has_norm):
        super().__init__()
        layers = []
        for channels in (inputs, outputs):
            layers.append(nn.Conv2d(channels, outputs, 3, padding=padding, bias=not has_norm))
            if has_norm:
                layers.append(nn.BatchNorm2d(outputs))
            layers.append(nn.ReLU(inplace=True))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


class UNet(nn.Module):
    """classicN: no padding, 3 x 3 transposed convolutions; sameN: Emend's own. N channels."""

    def __init__(self, name, classes=2, depth=4):
        super().__init__()
        kind, base = re.fullmatch(r"(classic|same)(\d+)", name).groups()
        is_same = kind == "same"
        self.is_same = is_same
        channels = [int(base) << level for level in range(depth + 1)]
        padding = 1 if is_same else 0
        kernel = 2 if is_same else 3
        block = lambda inputs, outputs: DoubleConvolution(inputs, outputs, padding, is_same)
        self.encoders = nn.ModuleList(block(i, o) for i, o in zip([1] + channels, channels))
        self.ups = nn.ModuleList(nn.ConvTranspose2d(2 * c, c, kernel, stride=2) for c in channels[:-1])
        self.decoders = nn.ModuleList(block(2 * c, c) for c in channels[:-1])
        self.dropout = nn.Dropout(0.0 if is_same else 0.5)
        self.head = nn.Conv2d(channels[0], classes, 1)

    def forward(self, x):
        skips = []
        for encoder in self.encoders[:-1]:
            skips.append(encoder(x))
            x = nn.functional.max_pool2d(skips[-1], 2)
        x = self.dropout(self.encoders[-1](x))
        for level in reversed(range(len(self.ups))):
            height, width = 2 * x.size(2), 2 * x.size(3)
            x = self.ups[level](x)
            if not self.is_same:
                x = torch.relu(x[:, :, :height, :width])
            skip = skips[level]
            top, left = (skip.size(2) - height) // 2, (skip.size(3) - width) // 2
            skip = skip[:, :, top : top + height, left : left + width]
            x = self.decoders[level](torch.cat([x, skip], 1))
        return self.head(x)


class Predictor(nn.Module):
    """Probabilities of the classes, as Emend's prediction gives them."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return torch.softmax(self.network(x).float(), 1)


def loss(logits, targets):
    """Cross-entropy and Dice loss, as models/torch/learning/Losses.cpp has them where all pixels count."""
    logits = logits.float()
    truth = nn.functional.one_hot(targets, logits.size(1)).permute(0, 3, 1, 2).float()
    probabilities = torch.softmax(logits, 1)
    overlap = (probabilities * truth).sum((0, 2, 3))
    squares = (probabilities.square() + truth).sum((0, 2, 3))
    dice = (2 * overlap + 1e-6) / (squares + 1e-6)
    return nn.functional.cross_entropy(logits, targets) + (1 - dice).mean()
