// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ProjectStore.h"

#include <QTemporaryDir>

#include <memory>
#include <random>

namespace emend {

/// A project file in a folder of its own, and strokes to put into it.
class ProjectFixture
{
public:
    static constexpr VolumeSize size{700, 520, 3};

    ProjectFixture()
    {
        SourceRecord source;
        source.absolutePath = m_folder.filePath(QStringLiteral("stack.tif"));
        source.relativePath = QStringLiteral("stack.tif");
        source.size = size;
        ProjectFile::create(path(), source, ClassTable::membraneAndInside());
    }

    QString path() const { return m_folder.filePath(QStringLiteral("work.emend")); }

    QString folder() const { return m_folder.path(); }

    std::unique_ptr<ProjectStore> open(ProjectStore::Mode mode = ProjectStore::Mode::edit) const
    {
        return std::make_unique<ProjectStore>(path(), mode);
    }

    /// A square of one label, across tiles where it lies so.
    static LabelEdit square(const LabelVolume& labels, int z, Rect rect, Label label)
    {
        return editLabels(labels, z, rect, [label](Pixel, Label) { return label; });
    }

    static LabelEdit randomSquare(const LabelVolume& labels, std::mt19937& random)
    {
        const auto draw = [&random](int count) {
            return int(random() % unsigned(count));
        };
        const Rect rect{draw(size.width), draw(size.height), 1 + draw(300), 1 + draw(300)};
        const auto state = draw(3) == 0 ? LabelState::predicted : LabelState::corrected;
        return square(labels, draw(size.slices), rect, Label(1 + draw(2), state));
    }

    static std::vector<Label> pixels(const LabelVolume& labels)
    {
        const auto perSlice = size_t(size.pixelsPerSlice());
        std::vector<Label> pixels(perSlice * size_t(size.slices));
        for (int z = 0; z < size.slices; ++z)
            labels.read(z, size.sliceRect(), pixels.data() + size_t(z) * perSlice);
        return pixels;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace emend
