// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/EditHistory.h"
#include "core/project/LabelPainter.h"
#include "core/project/Project.h"
#include "core/store/ProjectStore.h"
#include "tests/faults/FaultCount.h"

#include <memory>
#include <random>
#include <vector>

namespace emend {

/// Work on a small project whose every step follows from its number, so that two programs that
/// have done the same number of steps must hold the same labels, history and classes.
class ScriptedWork
{
public:
    static constexpr VolumeSize size{600, 300, 3};

    /// In memory alone: what should be.
    ScriptedWork()
        : m_project(std::make_unique<Project>(greyStack()))
        , m_history(std::make_unique<EditHistory>(*m_project, 1ll << 40))
    {
    }

    /// Goes on where a project file is: what is. store: lives longer.
    explicit ScriptedWork(ProjectStore& store)
    {
        const ProjectContents contents = store.takeContents();
        m_project = std::make_unique<Project>(greyStack(), contents);
        m_history = std::make_unique<EditHistory>(*m_project);
        m_history->keepIn(store, contents.steps, contents.position);
    }

    static void create(const QString& path)
    {
        SourceRecord source;
        source.absolutePath = path + QStringLiteral(".tif");
        source.size = size;
        ProjectFile::create(path, source, ClassTable::membraneAndInside());
    }

    /// The step of this number, whatever was done before.
    void doStep(int number)
    {
        std::mt19937 random(unsigned(number) * 2654435761u + 1);
        const auto draw = [&random](int count) {
            return int(random() % unsigned(count));
        };
        const int kind = draw(20);
        if (number % 16 < 3) // a prediction that arrives in three pieces is one step of the history
            predict(number % 16, 1 + draw(2), groupOf(number), textOf("prediction", number));
        else if (kind < 3)
            m_history->undo();
        else if (kind < 5)
            m_history->redo();
        else if (kind == 5)
            m_history->perform(confirmSlice(m_project->labels(), draw(size.slices)),
                               textOf("confirmation", number));
        else if (kind == 6)
            renameClass(number);
        else
            paint(draw, textOf("stroke", number));
    }

    /// The program is started anew: a prediction that was on its way does not go on.
    void restart() { ++m_starts; }

    const Project& project() const { return *m_project; }

    EditHistory& history() const { return *m_history; }

    std::vector<Label> pixels() const
    {
        const auto perSlice = size_t(size.pixelsPerSlice());
        std::vector<Label> pixels(perSlice * size_t(size.slices));
        for (int z = 0; z < size.slices; ++z)
            m_project->labels().read(z, size.sliceRect(), pixels.data() + size_t(z) * perSlice);
        return pixels;
    }

    /// Labels, classes and where the history stands; not what lies in it.
    bool looksLike(const ScriptedWork& other) const
    {
        return m_history->count() == other.m_history->count() &&
               m_history->undoText() == other.m_history->undoText() &&
               m_history->redoText() == other.m_history->redoText() &&
               m_project->classes() == other.m_project->classes() && pixels() == other.pixels();
    }

private:
    static std::shared_ptr<const ImageStack> greyStack()
    {
        StackInfo info;
        info.size = size;
        info.name = QStringLiteral("grey");
        const std::vector<quint16> slice(size_t(size.pixelsPerSlice()), 100);
        return makeMemoryStack(std::move(info), {size_t(size.slices), slice});
    }

    /// No two steps have the same: else one that was undone and replaced looks like the other.
    static QString textOf(const char* what, int number)
    {
        return QStringLiteral("%1 %2").arg(QLatin1String(what)).arg(number);
    }

    quint64 groupOf(int number) const { return (m_starts << 32) + quint64(number / 16) + 1; }

    void predict(int z, int classIndex, quint64 group, const QString& text)
    {
        const auto predicted = [classIndex](Pixel pixel, Label old) {
            const int shown = pixel.x % 64 < 8 ? 1 : classIndex;
            return old.isFixed() ? old : Label(shown, LabelState::predicted);
        };
        m_history->performInGroup(editLabels(m_project->labels(), z, size.sliceRect(), predicted),
                                  text, group);
    }

    void renameClass(int number)
    {
        ClassTable classes = m_project->classes();
        LabelClass one = classes.at(1);
        one.name = QStringLiteral("class of step %1").arg(number);
        classes.set(1, one);
        m_history->performClasses(classes, textOf("new name", number));
    }

    template <typename Draw>
    void paint(Draw draw, const QString& text)
    {
        LabelPainter painter(*m_project, draw(size.slices));
        Pixel from{draw(size.width), draw(size.height)};
        const Label label = draw(6) == 0 ? Label() : Label(1 + draw(2), LabelState::corrected);
        for (int i = draw(4); i >= 0; --i) {
            const Pixel to{draw(size.width), draw(size.height)};
            painter.line(from, to, draw(15), label);
            from = to;
        }
        m_history->record(painter.finish(), text);
    }

    std::unique_ptr<Project> m_project;
    std::unique_ptr<EditHistory> m_history;
    quint64 m_starts = 0;
};

} // namespace emend
