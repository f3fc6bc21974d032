// SPDX-License-Identifier: Apache-2.0
#include "core/io/StackFile.h"

#include "core/Error.h"
#include "core/io/Inflated.h"
#include "core/io/MetaImageFile.h"
#include "core/io/MrcFile.h"
#include "core/io/NiftiFile.h"
#include "core/io/NrrdFile.h"
#include "core/io/PngSection.h"
#include "core/io/TiffStackIO.h"

#include <QCoreApplication>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("StackFile", text);
}

constexpr qint64 headBytes = 4096;

/// What to say of a file that is none of ours, where its first bytes tell what it is.
QString reasonNotOpened(const QByteArray& head)
{
    const QString convert = tr("Export it as TIFF, for example with Fiji, and open that.");
    if (head.isEmpty())
        return tr("%1 is empty. Copy it again from its source.");
    if (head.startsWith("\x89HDF"))
        return tr("%1 is an HDF5 file, which Emend does not read.") + QLatin1Char(' ') + convert;
    if (head.startsWith("\xff\xd8\xff"))
        return tr("%1 is a JPEG picture, which Emend does not read.") + QLatin1Char(' ') + convert;
    if (head.startsWith("PK") || isGzip(head))
        return tr("%1 is a packed archive. Unpack it first and open what is inside.");
    if (head.mid(128, 4) == "DICM")
        return tr("%1 is a DICOM file, which Emend does not read.") + QLatin1Char(' ') + convert;
    return tr("%1 is no image that Emend reads: TIFF, PNG, MRC, NRRD, MetaImage or NIfTI. Choose "
              "another file, or export it as TIFF.");
}

} // namespace

OpenedStack openFile(const NativePath& path)
{
    const auto file = std::make_shared<const InputFile>(path);
    const QByteArray head = file->readUpTo(0, headBytes);
    if (TiffFile::isTiff(head))
        return openTiff(file);
    if (isPng(head))
        return openPng(file);
    if (isNrrd(head))
        return openNrrd(file);
    if (isMetaImage(head))
        return openMetaImage(file);
    if (isNifti(isGzip(head) ? inflatedHead(*file, 0, headBytes) : head))
        return openNifti(file);
    if (isMrc(head))
        return openMrc(file);
    throw Error(reasonNotOpened(head).arg(file->name()));
}

QStringList openableNamePatterns()
{
    return {QStringLiteral("*.tif"),  QStringLiteral("*.tiff"),  QStringLiteral("*.png"),
            QStringLiteral("*.mrc"),  QStringLiteral("*.rec"),   QStringLiteral("*.st"),
            QStringLiteral("*.map"),  QStringLiteral("*.ali"),   QStringLiteral("*.nrrd"),
            QStringLiteral("*.nhdr"), QStringLiteral("*.mha"),   QStringLiteral("*.mhd"),
            QStringLiteral("*.nii"),  QStringLiteral("*.nii.gz")};
}

} // namespace emend
