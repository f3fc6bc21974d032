// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffStackIO.h"

#include "core/io/TiffDecoder.h"

#include <itkImageIOBase.h>

namespace emend {

namespace {

itk::IOComponentEnum itkComponent(Component component)
{
    using enum itk::CommonEnums::IOComponent;
    switch (component) {
    case Component::uint8:
        return UCHAR;
    case Component::int8:
        return CHAR;
    case Component::uint16:
        return USHORT;
    case Component::int16:
        return SHORT;
    case Component::uint32:
        return UINT;
    case Component::int32:
        return INT;
    case Component::float32:
        return FLOAT;
    case Component::float64:
        return DOUBLE;
    }
    return UNKNOWNCOMPONENTTYPE;
}

class TiffStackIO : public itk::ImageIOBase
{
public:
    ITK_DISALLOW_COPY_AND_MOVE(TiffStackIO);
    using Self = TiffStackIO;
    using Superclass = itk::ImageIOBase;
    using Pointer = itk::SmartPointer<Self>;
    itkNewMacro(Self);
    itkTypeMacro(TiffStackIO, itk::ImageIOBase);

    void setDirectory(std::shared_ptr<const TiffDirectory> directory)
    {
        m_directory = std::move(directory);
        m_decoder = std::make_unique<TiffDecoder>(m_directory);
    }

    bool CanReadFile(const char* path) override
    {
        return TiffFile::isTiff(InputFile(path).readUpTo(0, 16));
    }

    bool CanStreamRead() override { return true; }

    void ReadImageInformation() override
    {
        if (!m_directory)
            setDirectory(
                std::make_shared<TiffDirectory>(std::make_shared<InputFile>(GetFileName())));
        const VolumeSize size = m_directory->size();
        const VoxelSize voxel = m_directory->voxelSize();
        SetNumberOfDimensions(3);
        setDimension(0, size.width, voxel.xNm);
        setDimension(1, size.height, voxel.yNm);
        setDimension(2, size.slices, voxel.zNm);
        SetPixelType(itk::IOPixelEnum::SCALAR);
        SetNumberOfComponents(1);
        SetComponentType(itkComponent(m_directory->component()));
    }

    itk::ImageIORegion
    GenerateStreamableReadRegionFromRequestedRegion(const itk::ImageIORegion& asked) const override
    {
        return asked;
    }

    void Read(void* buffer) override
    {
        const itk::ImageIORegion region = GetIORegion();
        const Rect rect{int(region.GetIndex(0)), int(region.GetIndex(1)), int(region.GetSize(0)),
                        int(region.GetSize(1))};
        auto* out = static_cast<char*>(buffer);
        for (itk::SizeValueType i = 0; i < region.GetSize(2); ++i) {
            m_decoder->read(int(region.GetIndex(2) + itk::IndexValueType(i)), rect, out);
            out += rect.pixelCount() * byteCount(m_directory->component());
        }
    }

    bool CanWriteFile(const char*) override { return false; }

    void WriteImageInformation() override {}

    void Write(const void*) override {}

protected:
    TiffStackIO() = default;

private:
    void setDimension(unsigned axis, int pixels, double spacingNm)
    {
        SetDimensions(axis, itk::SizeValueType(pixels));
        SetSpacing(axis, spacingNm > 0 ? spacingNm : 1);
    }

    std::shared_ptr<const TiffDirectory> m_directory;
    std::unique_ptr<TiffDecoder> m_decoder;
};

} // namespace

ItkReader newTiffStackIO(std::shared_ptr<const TiffDirectory> directory)
{
    auto reader = TiffStackIO::New();
    reader->setDirectory(std::move(directory));
    reader->ReadImageInformation();
    reader->Register(); // for the ItkReader, after the smart pointer has gone
    return ItkReader(reader.GetPointer());
}

OpenedStack openTiff(std::shared_ptr<const InputFile> file)
{
    const auto directory = std::make_shared<const TiffDirectory>(std::move(file));
    OpenedStack opened;
    opened.info.size = directory->size();
    opened.info.voxelSize = directory->voxelSize();
    opened.info.voxelSizeSource = directory->voxelSizeSource();
    opened.info.notes = directory->notes();
    opened.component = directory->component();
    opened.preferredBlock = directory->preferredBlock();
    opened.source = makeItkSource([directory] { return newTiffStackIO(directory); });
    return opened;
}

} // namespace emend
