// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/NetworkFlops.h"

namespace emend {

namespace {

constexpr double flopsPerProduct = 2;

/// Products of a convolution that gives a square map of that width.
double products(int kernel, double in, double out, int outputPx)
{
    return double(kernel) * kernel * in * out * outputPx * outputPx;
}

/// Follows an image through the network and adds up.
class Walk
{
public:
    Walk(const UNetSpec& spec, int sizePx)
        : m_spec(spec)
        , m_sizePx(sizePx)
    {
    }

    double productsOfNetwork()
    {
        double in = m_spec.inputChannels;
        for (int level = 0; level <= m_spec.depth; ++level) {
            twoConvolutions(in, channels(level));
            in = channels(level);
            if (level < m_spec.depth)
                m_sizePx /= 2;
        }
        for (int level = m_spec.depth - 1; level >= 0; --level) {
            // Each pixel of the coarse map is spread over a kernel of the fine one.
            const int kernel = m_spec.upConvolution == UNetSpec::UpConvolution::twoByTwo ? 2 : 3;
            m_sum += products(kernel, channels(level + 1), channels(level), m_sizePx);
            m_sizePx *= 2;
            twoConvolutions(channels(level + 1), channels(level));
        }
        return m_sum + products(1, m_spec.baseChannels, m_spec.classCount, m_sizePx);
    }

    double productsOfFirstLayer()
    {
        convolution(m_spec.inputChannels, channels(0));
        return m_sum;
    }

private:
    double channels(int level) const { return double(qint64(m_spec.baseChannels) << level); }

    void convolution(double in, double out)
    {
        if (m_spec.padding == UNetSpec::Padding::valid)
            m_sizePx -= 2;
        m_sum += products(3, in, out, m_sizePx);
    }

    void twoConvolutions(double in, double out)
    {
        convolution(in, out);
        convolution(out, out);
    }

    const UNetSpec& m_spec;
    int m_sizePx;
    double m_sum = 0;
};

} // namespace

double flopsPerImage(const UNetSpec& spec, int sizePx)
{
    Q_ASSERT(spec.outputSize(sizePx) > 0);
    return flopsPerProduct * Walk(spec, sizePx).productsOfNetwork();
}

double trainingFlopsPerImage(const UNetSpec& spec, int sizePx)
{
    return 3 * flopsPerImage(spec, sizePx) -
           flopsPerProduct * Walk(spec, sizePx).productsOfFirstLayer();
}

} // namespace emend
