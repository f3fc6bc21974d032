// SPDX-License-Identifier: Apache-2.0
#include "core/io/Limits.h"

#include "core/Error.h"

#include <QCoreApplication>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Limits", text);
}

} // namespace

void Limits::checkSection(qint64 width, qint64 height, const QString& name)
{
    if (width < 1 || height < 1)
        throw Error(tr("%1 is damaged: it says that it has no pixels. Copy it again from its "
                       "source.")
                        .arg(name));
    if (width > sidePx || height > sidePx || width * height > pixelsPerSection)
        throw Error(tr("%1 says that it has %2 x %3 pixels, which is more than Emend opens. Cut it "
                       "into smaller pieces, or check whether the file is damaged.")
                        .arg(name)
                        .arg(width)
                        .arg(height));
}

void Limits::checkStack(qint64 width, qint64 height, qint64 slices, const QString& name)
{
    checkSection(width, height, name);
    if (slices < 1 || slices > Limits::slices)
        throw Error(tr("%1 says that it has %2 sections. Emend opens 1 to %3; check whether the "
                       "file is damaged.")
                        .arg(name)
                        .arg(slices)
                        .arg(Limits::slices));
}

} // namespace emend
