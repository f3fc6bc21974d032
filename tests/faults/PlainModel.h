// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/labels/Label.h"

#include <QString>

#include <array>
#include <cstring>
#include <set>
#include <vector>

namespace emend {

/// What a project must be after some commands, as plainly as it can be said: arrays of labels, one
/// for each step that can be undone. Shares no code with the project but the label itself.
class PlainModel
{
public:
    static constexpr VolumeSize size{300, 280, 2};
    static constexpr int classCount = 3;

    using Names = std::array<QString, classCount>;
    using Locks = std::array<bool, classCount>;

    explicit PlainModel(Names names)
        : m_states(1)
    {
        m_states[0].labels.resize(size_t(size.pixelsPerSlice()) * size_t(size.slices));
        m_states[0].names = std::move(names);
    }

    /// As bytes: thousands of sequences are compared after each command.
    static bool areSame(const std::vector<Label>& one, const std::vector<Label>& other)
    {
        return one.size() == other.size() && std::memcmp(one.data(), other.data(), one.size()) == 0;
    }

    const std::vector<Label>& labels() const { return m_states[m_position].labels; }

    const Names& names() const { return m_states[m_position].names; }

    const Locks& locks() const { return m_locks; }

    int steps() const { return int(m_states.size()) - 1; }

    QString undoText() const { return m_position == 0 ? QString() : m_states[m_position].text; }

    QString redoText() const
    {
        return m_position + 1 == m_states.size() ? QString() : m_states[m_position + 1].text;
    }

    bool canUndo() const { return m_position > 0; }

    bool canRedo() const { return m_position + 1 < m_states.size(); }

    /// One step: what change(pixel, label) says of each pixel of the slice. None where nothing
    /// changes.
    template <typename Change>
    void edit(int z, const Change& change, const QString& text)
    {
        push(edited(z, change), text);
    }

    /// As a brush does it: pixels of locked classes stay.
    template <typename Shape>
    void paint(int z, const Shape& contains, Label label, const QString& text)
    {
        const auto painted = [&](Pixel pixel, Label old) {
            return contains(pixel) && !isLocked(old) ? label : old;
        };
        edit(z, painted, text);
    }

    void fill(int z, Pixel seed, Label label, const QString& text)
    {
        const std::vector<bool> reached = connected(z, seed);
        paint(
            z, [&](Pixel pixel) { return bool(reached[at(pixel)]); }, label, text);
    }

    /// Joins the newest step where that has the same group. Once for each slice of a group.
    template <typename Change>
    void editInGroup(int z, const Change& change, const QString& text, int group)
    {
        State next = edited(z, change);
        if (areSame(next.labels, labels()))
            return;
        if (joinsGroup(group)) {
            m_states.back().labels = std::move(next.labels);
        } else {
            push(std::move(next), text);
            m_group = group;
            m_groupSlices.clear();
        }
        m_groupSlices.insert(z);
    }

    /// Whether a slice of the group has come already.
    bool isInGroup(int z, int group) const
    {
        return joinsGroup(group) && m_groupSlices.contains(z);
    }

    void rename(int classIndex, const QString& name, const QString& text)
    {
        State next = m_states[m_position];
        next.names[size_t(classIndex - 1)] = name;
        push(std::move(next), text);
    }

    void toggleLock(int classIndex)
    {
        m_locks[size_t(classIndex - 1)] = !m_locks[size_t(classIndex - 1)];
    }

    void undo() { m_position -= canUndo() ? 1 : 0; }

    void redo() { m_position += canRedo() ? 1 : 0; }

    /// The program starts anew: nothing joins what was there.
    void restart() { m_group = 0; }

private:
    struct State
    {
        std::vector<Label> labels;
        Names names;
        QString text; ///< of the step that led here

        bool hasSameContent(const State& other) const
        {
            return areSame(labels, other.labels) && names == other.names;
        }
    };

    static size_t at(Pixel pixel) { return size_t(pixel.y) * size.width + size_t(pixel.x); }

    static size_t sliceAt(int z) { return size_t(z) * size_t(size.pixelsPerSlice()); }

    bool isLocked(Label label) const
    {
        const int index = label.classIndex();
        return index >= 1 && index <= classCount && m_locks[size_t(index - 1)];
    }

    bool joinsGroup(int group) const
    {
        return canUndo() && !canRedo() && m_group == group && group != 0;
    }

    template <typename Change>
    State edited(int z, const Change& change) const
    {
        State next = m_states[m_position];
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                Label& label = next.labels[sliceAt(z) + at({x, y})];
                label = change({x, y}, label);
            }
        }
        return next;
    }

    void push(State next, const QString& text)
    {
        if (next.hasSameContent(m_states[m_position]))
            return;
        next.text = text;
        m_states.resize(m_position + 1);
        m_states.push_back(std::move(next));
        ++m_position;
        m_group = 0;
    }

    std::vector<bool> connected(int z, Pixel seed) const
    {
        const auto classAt = [&](Pixel pixel) {
            return labels()[sliceAt(z) + at(pixel)].classIndex();
        };
        std::vector<bool> reached(size_t(size.pixelsPerSlice()));
        std::vector<Pixel> waiting{seed};
        const int wanted = classAt(seed);
        reached[at(seed)] = true;
        while (!waiting.empty()) {
            const Pixel p = waiting.back();
            waiting.pop_back();
            for (const Pixel next : {Pixel{p.x - 1, p.y}, Pixel{p.x + 1, p.y}, Pixel{p.x, p.y - 1},
                                     Pixel{p.x, p.y + 1}}) {
                if (!size.sliceRect().contains(next) || reached[at(next)] ||
                    classAt(next) != wanted)
                    continue;
                reached[at(next)] = true;
                waiting.push_back(next);
            }
        }
        return reached;
    }

    std::vector<State> m_states; ///< the first one before any step
    size_t m_position = 0;
    Locks m_locks = {};
    int m_group = 0;
    std::set<int> m_groupSlices;
};

} // namespace emend
