// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/TrainingPart.h"
#include "core/labels/ClassTable.h"
#include "models/recipes/ReferenceTrainer.h"

#include <QCommandLineParser>

#include <vector>

namespace emend {

/// The options --folds, --fold and --batch of the published recipes, which train and evaluate
/// share.
namespace FoldOptions {

void describe(QCommandLineParser& parser);

/// NVIDIA's own folds where it is not said.
FoldRule rule(const QCommandLineParser& parser);

/// The numbers of the folds; empty for "none". fallback: what a missing --fold means.
std::vector<int> folds(const QCommandLineParser& parser, const QString& fallback);

int batch(const QCommandLineParser& parser);

/// The models that --fold and --output ask for: a folder for all folds, a folder or a file for one,
/// a file for none. fallback: what a missing --fold means. Throws Error where there can be no such
/// folder.
std::vector<TrainingPart> parts(const QCommandLineParser& parser, int sliceCount,
                                const QString& fallback);

/// The stack at that path and the labels of --labels, all slices.
ReferenceData data(const QCommandLineParser& parser, const QString& path,
                   const QStringList& classNames);

/// The file of a fold's model in a folder of models.
QString modelPath(const QString& folder, int fold);

} // namespace FoldOptions

} // namespace emend
