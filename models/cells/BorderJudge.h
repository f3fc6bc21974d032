// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace emend {

/// What tells whether there is a membrane between two neighbouring pieces of a section, or whether
/// both belong to one cell. Lengths and areas are in pixels of 4 nm.
struct BorderLook
{
    double mean;    ///< of the membrane's probability along the border
    double weakest; ///< a tenth of these probabilities is lower
    double length;  ///< pairs of pixels along the border
    double smaller; ///< area of the smaller piece

    /// How likely a pixel of the one piece and one of the other lie in the same cell of the
    /// sections beside this one: 0 .. 1.
    double sameBeside;

    /// How much of these sections people have corrected, 0 .. 1: their cells are sure.
    double decidedBeside = 0;
};

/// Where no section beside can tell.
constexpr double sameBesideUnknown = 0.4;

/// The probability, 0 .. 1, that a membrane is there. A logistic regression, learned from the
/// borders of the sample stack's 40 sections (resources/samples), which no shipped model has seen,
/// twice: with predicted and with true cells beside. tests/benchmarks/peers/borders.py repeats it.
double probabilityOfMembrane(const BorderLook& look);

} // namespace emend
