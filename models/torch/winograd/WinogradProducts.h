// SPDX-License-Identifier: Apache-2.0

// Products of matrices of any size from those of a few rows and columns, whose sums stay in
// registers. A part of WinogradLoops.h.

/// The left matrix of a product, and how far apart its rows are; where it is transposed, how far
/// apart its columns.
struct Left
{
    const Number* first;
    ptrdiff_t stride;
};

/// The right matrix: rows of channelStep numbers, in blocks.
struct Right
{
    const Number* first;
    ptrdiff_t rowStride;
    ptrdiff_t blockStride;
};

struct Product
{
    float* first;
    ptrdiff_t rowStride;
    Addend addend; ///< as wide and high
};

template <bool isTransposed, bool isAdded, int rows, int blocks>
EMEND_WIDE void multiplyRows(const Left& left, const Right& right, int depth, const Product& to)
{
    constexpr int vectors = blocks * vectorsInBlock;
    Floats sums[rows][vectors] = {};
    const Number* numbers = left.first;
    const Number* weights = right.first;
    for (int k = 0; k < depth; ++k) {
        Numbers values[vectors];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v)
            values[v] = loadNumbers(weights + v / vectorsInBlock * right.blockStride +
                                    v % vectorsInBlock * lanes);
#pragma GCC unroll 24
        for (int row = 0; row < rows; ++row) {
            const Number number = isTransposed ? numbers[row] : numbers[row * left.stride];
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v)
                addProduct(sums[row][v], number, values[v]);
        }
        numbers += isTransposed ? left.stride : 1;
        weights += right.rowStride;
    }
#pragma GCC unroll 24
    for (int row = 0; row < rows; ++row) {
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) {
            if constexpr (isAdded)
                sums[row][v] += load(to.addend.first + row * to.addend.rowStride + v * lanes);
            store(to.first + row * to.rowStride + v * lanes, sums[row][v]);
        }
    }
}

/// The last rows, fewer than most + 1.
template <bool isTransposed, bool isAdded, int most, int blocks>
void multiplyLastRows(int rows, const Left& left, const Right& right, int depth, const Product& to)
{
    if constexpr (most > 0) {
        if (rows == most)
            multiplyRows<isTransposed, isAdded, most, blocks>(left, right, depth, to);
        else
            multiplyLastRows<isTransposed, isAdded, most - 1, blocks>(rows, left, right, depth, to);
    }
}

template <bool isTransposed, bool isAdded, int blocks>
void multiplyColumns(int rows, Left left, const Right& right, int depth, Product to)
{
    constexpr int some = EMEND_SUMS / (blocks * vectorsInBlock);
    const ptrdiff_t step = isTransposed ? some : some * left.stride;
    for (; rows >= some; rows -= some) {
        multiplyRows<isTransposed, isAdded, some, blocks>(left, right, depth, to);
        left.first += step;
        to.first += some * to.rowStride;
        if constexpr (isAdded)
            to.addend.first += some * to.addend.rowStride;
    }
    multiplyLastRows<isTransposed, isAdded, some - 1, blocks>(rows, left, right, depth, to);
}

template <bool isTransposed, bool isAdded>
void multiplyAll(int rows, const Left& left, Right right, int depth, int columns, Product to)
{
    constexpr int some = EMEND_BLOCKS * channelStep;
    for (; columns >= some; columns -= some) {
        multiplyColumns<isTransposed, isAdded, EMEND_BLOCKS>(rows, left, right, depth, to);
        right.first += EMEND_BLOCKS * right.blockStride;
        to.first += some;
        if constexpr (isAdded)
            to.addend.first += some;
    }
    for (; columns > 0; columns -= channelStep) {
        multiplyColumns<isTransposed, isAdded, 1>(rows, left, right, depth, to);
        right.first += right.blockStride;
        to.first += channelStep;
        if constexpr (isAdded)
            to.addend.first += channelStep;
    }
}
