// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/Project.h"
#include "widgets/view/SliceScene.h"

#include <QtTest>

namespace emend {

/// A project of drawn slices and the scene that shows it, twice as large; tests inherit it.
class SceneFixture
{
protected:
    static constexpr QRgb surround = 0xff102030;
    static constexpr Label predictedInside{2, LabelState::predicted};
    static constexpr Label correctedInside{2, LabelState::corrected};

    /// Grey that tells x, y and z apart.
    static std::shared_ptr<const ImageStack> patternStack(int width, int height, int slices)
    {
        StackInfo info;
        info.size = {width, height, slices};
        std::vector<std::vector<quint16>> pixels;
        for (int z = 0; z < slices; ++z) {
            std::vector<quint16>& slice = pixels.emplace_back();
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x)
                    slice.push_back(quint16((x * 3 + y * 5 + z * 40) % 256));
        }
        return makeMemoryStack(info, std::move(pixels));
    }

    /// All of rect gets the label.
    static void setLabels(Project& project, int z, Rect rect, Label label)
    {
        project.apply(editLabels(project.labels(), z, rect, [=](Pixel, Label) { return label; }));
    }

    static int greyAt(const Project& project, Pixel pixel, int z)
    {
        return project.stack()->read(z, {pixel.x, pixel.y, 1, 1}).pixels.front();
    }

    void open()
    {
        m_project = std::make_unique<Project>(patternStack(300, 280, 3));
        m_scene = std::make_unique<SliceScene>();
        m_scene->setProject(m_project.get());
        m_scene->setContrast({0, 255, false});
        m_scene->setSurround(QColor::fromRgb(surround));
        m_transform = {};
        m_transform.setSliceSize(300, 280);
        m_transform.setViewport({640, 560});
        m_transform.fit();
    }

    void close()
    {
        m_scene.reset();
        m_project.reset();
    }

    /// Composes until nothing is missing.
    void show(const SliceTransform& transform)
    {
        m_transform = transform;
        m_scene->setTransform(transform);
        QTRY_VERIFY((m_scene->compose(), m_scene->isComplete()));
    }

    QRgb shown(Pixel pixel) const
    {
        const QPointF middle = m_transform.screenFromSlice(QPointF(pixel.x + 0.5, pixel.y + 0.5));
        return m_scene->image().pixel(int(middle.x()), int(middle.y()));
    }

    std::unique_ptr<Project> m_project;
    std::unique_ptr<SliceScene> m_scene;
    SliceTransform m_transform;
};

} // namespace emend
