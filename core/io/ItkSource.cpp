// SPDX-License-Identifier: Apache-2.0
#include "core/io/ItkSource.h"

#include "core/Error.h"

#include <QCoreApplication>

#include <itkImageIOBase.h>

#include <mutex>
#include <vector>

namespace emend {

namespace {

itk::ImageIORegion regionOf(int z, Rect rect)
{
    itk::ImageIORegion region(3);
    region.SetIndex(0, rect.x);
    region.SetIndex(1, rect.y);
    region.SetIndex(2, z);
    region.SetSize(0, itk::SizeValueType(rect.width));
    region.SetSize(1, itk::SizeValueType(rect.height));
    region.SetSize(2, 1);
    return region;
}

/// A small pool: as many readers as threads ever read at once, the one used last first, because
/// it still knows what it decoded.
class ItkSource : public ComponentSource
{
public:
    explicit ItkSource(std::function<ItkReader()> newReader)
        : m_newReader(std::move(newReader))
    {
    }

    void read(int z, Rect rect, void* out) override
    {
        ItkReader reader = takeReader();
        try {
            reader->SetIORegion(regionOf(z, rect));
            reader->Read(out);
        } catch (const itk::ExceptionObject&) {
            throw Error(QCoreApplication::translate(
                "ItkSource", "A section of the stack is damaged and cannot be read. Copy the file "
                             "again from its source."));
        }
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(reader));
    }

private:
    ItkReader takeReader()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                ItkReader reader = std::move(m_idle.back());
                m_idle.pop_back();
                return reader;
            }
        }
        return m_newReader();
    }

    std::function<ItkReader()> m_newReader;
    std::mutex m_mutex;
    std::vector<ItkReader> m_idle;
};

} // namespace

void ItkRelease::operator()(itk::ImageIOBase* reader) const
{
    reader->UnRegister();
}

std::unique_ptr<ComponentSource> makeItkSource(std::function<ItkReader()> newReader)
{
    return std::make_unique<ItkSource>(std::move(newReader));
}

} // namespace emend
