// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// Emend's own kernels for graphics cards. All of them were checked number by number on the
/// processor and none has ever run on a card, let alone been measured: nobody asks for them unless
/// told to (GraphedInference::Shape::ownKernels), and what does not pay there is to go.
///
/// Maps are channels-last, float32 or bfloat16, with channels in eights; each call throws
/// c10::Error on any other. The work joins the current stream. Compute thread only.
class CardKernels
{
public:
    virtual ~CardKernels() = default;

    /// How many classes head() knows.
    virtual int mostClasses() const = 0;

    /// The last layer to bytes: 1 x 1 convolution, softmax, the likeliest class (from 1), the
    /// middle cut out, probabilities in 255ths. features: [n, channels, h, w]; weight: [classes,
    /// channels, 1, 1] and bias float32; probabilities: [n, classes, h - 2 crop.., ..] and labels
    /// uint8, in place.
    virtual void head(const at::Tensor& features, const at::Tensor& weight, const at::Tensor& bias,
                      int crop, const at::Tensor& probabilities,
                      const at::Tensor& labels) const = 0;

    /// Grey values to the first map: normalised (scale: mean, deviation), cut off at limit,
    /// convolved 3 x 3, ReLU. grey: [n, 1, h, w] uint8 or float32; taps: [9, channels] and bias
    /// float32; answer: [n, channels, h, w] with padding 1, else two less, in place.
    virtual void firstLayer(const at::Tensor& grey, const at::Tensor& scale, float limit,
                            const at::Tensor& taps, const at::Tensor& bias, int padding,
                            const at::Tensor& answer) const = 0;

    struct NormRelu
    {
        at::Tensor y;        ///< as x
        at::Tensor mean;     ///< [channels] float32, of this batch
        at::Tensor inverse;  ///< 1 / sqrt(variance + epsilon)
        at::Tensor variance; ///< unbiased, for the running statistics
    };

    /// BatchNorm while learning and the ReLU behind it. gamma, beta: [channels] float32.
    virtual NormRelu normRelu(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta,
                              double epsilon) const = 0;

    struct Gradients
    {
        at::Tensor x;
        at::Tensor gamma;
        at::Tensor beta;
    };

    /// dy: as y, the gradient of y.
    virtual Gradients normReluBackward(const at::Tensor& x, const NormRelu& forward,
                                       const at::Tensor& gamma, const at::Tensor& dy) const = 0;
};

} // namespace emend
