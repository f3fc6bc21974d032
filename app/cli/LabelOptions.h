// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/LabelImport.h"

#include <QCommandLineParser>
#include <QStringList>

#include <memory>

namespace emend {

/// The options --labels, --classes, --ignore and --slices that train, evaluate and export share.
namespace LabelOptions {

void describe(QCommandLineParser& parser);

/// The stack named by the first argument, or another file; what the reader wants said goes to
/// standard error.
std::shared_ptr<const ImageStack> openStack(const QString& path);

SliceRange slices(const QCommandLineParser& parser, int sliceCount);

/// Without --classes: values 1, 2, ... are classNames.
ClassMap classMap(const QCommandLineParser& parser, const QStringList& classNames);

/// The labels of --labels for these slices.
LabelVolume read(const QCommandLineParser& parser, VolumeSize stackSize, const ClassMap& map,
                 const SliceRange& slices);

} // namespace LabelOptions

} // namespace emend
