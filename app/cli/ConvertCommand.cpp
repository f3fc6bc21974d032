// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "core/io/TiffStackWriter.h"

namespace emend {

void ConvertCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("STACK"), tr("A file, or a folder of sections."));
    parser.addPositionalArgument(QStringLiteral("OUT.tif"), tr("The grey TIFF to write."));
}

int ConvertCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    const QString output = requiredArgument(parser, 1, QStringLiteral("OUT.tif"));
    refuseFurtherArguments(parser, 2);
    const auto stack = LabelOptions::openStack(path);
    const VolumeSize size = stack->size();
    const bool is8Bit = stack->info().bitsPerPixel == 8;

    TiffStackWriter::Layout layout;
    layout.size = size;
    layout.type = is8Bit ? TiffStackWriter::PixelType::grey8 : TiffStackWriter::PixelType::grey16;
    layout.voxelSize = stack->info().voxelSize;
    layout.compress = false; // noisy grey hardly shrinks, and plain files open faster everywhere
    layout.displayMaximum = stack->maximumGrey();
    TiffStackWriter writer(output, layout);
    for (int z = 0; z < size.slices; ++z) {
        job.checkCancelled();
        job.report(double(z) / size.slices, tr("Slice %1 of %2").arg(z + 1).arg(size.slices));
        const GreyImage slice = stack->read(z, size.sliceRect());
        if (is8Bit)
            writer.addPage(std::vector<quint8>(slice.pixels.begin(), slice.pixels.end()).data());
        else
            writer.addPage(slice.pixels.data());
    }
    writer.commit();
    return 0;
}

} // namespace emend
