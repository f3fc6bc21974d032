// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

#include <map>
#include <string>
#include <vector>

namespace emend {

/// The numbers that make up a U-Net. A value, free of LibTorch.
struct UNetSpec
{
    enum class Padding {
        same, ///< the answer is as large as the input
        valid ///< no padding: 572 x 572 gives 388 x 388
    };
    enum class UpConvolution { twoByTwo, threeByThree };
    enum class Initialiser { heNormal, glorotUniform };

    int depth = 4; ///< number of poolings; input sizes are multiples of 2^depth (same padding)
    int baseChannels = 16;
    int inputChannels = 1;
    int classCount = 2;
    Padding padding = Padding::same;
    UpConvolution upConvolution = UpConvolution::twoByTwo;
    bool hasBatchNorm = true;
    double dropout = 0; ///< at the bottleneck, while training only
    Initialiser initialiser = Initialiser::heNormal;

    bool operator==(const UNetSpec&) const = default;

    /// Emend's own network: same padding, BatchNorm, He-normal.
    static UNetSpec standard(int classCount, int baseChannels = 16);

    /// The network of NVIDIA's "UNet Medical" (TensorFlow 2): valid, 572 to 388, 3 x 3 transposed
    /// convolutions, dropout 0.5, Glorot-uniform; 34,512,258 parameters at base 64, 2 classes.
    static UNetSpec reference(int baseChannels = 64, int classCount = 2);

    /// The network of the U-Net paper (Ronneberger, Fischer and Brox 2015): valid, 572 to 388, 2 x
    /// 2 up-convolutions, dropout 0.5 at the end of the contracting path, He-normal; 31,030,658
    /// parameters at base 64, 2 classes.
    static UNetSpec paper(int baseChannels = 64, int classCount = 2);

    /// Input sizes must be a multiple of this (same padding).
    int stride() const { return 1 << depth; }

    /// How far a tile that begins and ends at multiples of stride() sees beyond itself, rounded
    /// up to such a multiple: its halo.
    int haloPx() const;

    /// Width of the answer for an input of that width; 0 where the network cannot take it.
    int outputSize(int inputSize) const;

    qint64 parameterCount() const;

    /// Name and shape of every weight and running statistic: what a checkpoint must hold.
    std::map<std::string, std::vector<qint64>> weightShapes() const;

    QJsonObject toJson() const;

    /// Throws Error when a number is missing or out of its range.
    static UNetSpec fromJson(const QJsonObject& json);
};

} // namespace emend
