// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace emend {

/// The numbers that networks compute with. mixed: of FP32, but convolutions multiply in bf16 and
/// add up in FP32; on some processors.
enum class Precision { automatic, fp32, mixed, bf16, fp16 };

/// "auto", "fp32", "mixed", "bf16", "fp16". Throws Error on any other word.
Precision precisionFromText(const QString& text);
QString textFromPrecision(Precision precision);

/// Where a network runs: the CPU, or one CUDA graphics card. A value, free of LibTorch.
class ComputeDevice
{
public:
    static ComputeDevice cpu();

    /// The first usable graphics card, else the CPU. CUDA libraries are loaded at the first call
    /// and only where an NVIDIA driver is present; a machine without one notices nothing.
    static ComputeDevice best();

    /// "auto", "cpu", "cuda:0". Throws Error when there is no such device.
    static ComputeDevice parse(const QString& text);

    bool isCuda() const { return m_cudaIndex >= 0; }

    int cudaIndex() const { return m_cudaIndex; }

    /// What automatic means here: on cards bf16, or FP16 where they have no bf16; on a CPU mixed
    /// where it is faster than FP32, else FP32.
    /// Throws Error for FP16 on a CPU, which would be slow.
    Precision resolve(Precision wanted) const;

    /// For the status bar: "CPU, 2 cores, fp32", "GPU NVIDIA H200, bf16".
    QString describe(Precision precision) const;

    bool operator==(const ComputeDevice&) const = default;

private:
    int m_cudaIndex = -1;
};

/// Environment and allocator settings that LibTorch needs to be fast beside a window: call once,
/// first thing in main. A program that has this call in it starts once more, before anything else
/// of it runs, so that OpenMP sees its settings.
void prepareProcessForCompute();

} // namespace emend
