// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TorchErrors.h"

#include <QCoreApplication>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Trainer", text);
}

} // namespace

void refuseTraining(const c10::Error& error)
{
    if (isOutOfMemory(error))
        refuseTrainingForMemory();
    const QString firstLine = QString::fromUtf8(error.what_without_backtrace())
                                  .section(QLatin1Char('\n'), 0, 0)
                                  .left(200);
    throw Error(tr("Learning failed (%1). The model is as it was; choose another device or model.")
                    .arg(firstLine));
}

void refuseTrainingForMemory()
{
    throw Error(tr("There is not enough memory to learn with this model. The model is as it was; "
                   "close other programs, or choose a smaller model."));
}

} // namespace emend
