// SPDX-License-Identifier: Apache-2.0
#include "core/io/PngFile.h"

#include "core/Error.h"
#include "core/io/AtomicFile.h"

#include <QCoreApplication>
#include <QFile>

#include <itkPNGImageIO.h>

namespace emend {

void writePng(const QString& path, int width, int height, const std::vector<quint8>& rgb)
{
    Q_ASSERT(rgb.size() == size_t(width) * size_t(height) * 3);
    AtomicFile file(path);
    try {
        auto io = itk::PNGImageIO::New();
        io->SetFileName(QFile::encodeName(file.temporaryPath()).constData());
        io->SetNumberOfDimensions(2);
        io->SetDimensions(0, unsigned(width));
        io->SetDimensions(1, unsigned(height));
        io->SetComponentType(itk::IOComponentEnum::UCHAR);
        io->SetPixelType(itk::IOPixelEnum::RGB);
        io->SetNumberOfComponents(3);
        itk::ImageIORegion whole(2);
        whole.SetSize(0, unsigned(width));
        whole.SetSize(1, unsigned(height));
        io->SetIORegion(whole);
        io->Write(rgb.data());
    } catch (const itk::ExceptionObject&) {
        throw Error(QCoreApplication::translate("PngFile", "%1 could not be written. Choose "
                                                           "another folder, or make room on the "
                                                           "disk.")
                        .arg(path));
    }
    file.commit();
}

} // namespace emend
