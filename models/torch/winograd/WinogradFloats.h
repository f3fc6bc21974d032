// SPDX-License-Identifier: Apache-2.0

// Float32 as what WinogradLoops.h multiplies. Included after WideFloats.h, within the same unnamed
// namespace.

using Number = float;
using Numbers = Floats;

EMEND_WIDE_INLINE Numbers loadNumbers(const Number* from)
{
    return load(from);
}

EMEND_WIDE_INLINE void addProduct(Floats& sum, Number left, Numbers right)
{
    sum += left * right;
}

/// As channels side by side.
EMEND_WIDE_INLINE void keep(Floats values, Number* to, int)
{
    store(to, values);
}

/// As pairs of channels side by side.
EMEND_WIDE_INLINE void keepInPairs(Floats values, Number* to)
{
    store(to, values);
}
