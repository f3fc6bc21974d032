// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"

#include <QCommandLineParser>

#include <memory>

namespace emend {

/// The options --model, --device and --precision that predict, train and evaluate share.
namespace ModelOptions {

void describeDevice(QCommandLineParser& parser);
void describeModel(QCommandLineParser& parser);

/// A file, or the name of a shipped model.
std::shared_ptr<const Checkpoint> model(const QCommandLineParser& parser);
ComputeDevice device(const QCommandLineParser& parser);

/// --views: how often each place is looked at, mirrored and turned.
void describeViews(QCommandLineParser& parser);
int views(const QCommandLineParser& parser);

/// --threads and --reproducible, of learning.
void describeLearning(QCommandLineParser& parser);
int threads(const QCommandLineParser& parser); ///< 0: all cores
bool isReproducible(const QCommandLineParser& parser);

/// Checked against the device: FP16 on a CPU is refused.
Precision precision(const QCommandLineParser& parser, const ComputeDevice& device);

} // namespace ModelOptions

} // namespace emend
