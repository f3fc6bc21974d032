// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace emend {

/// One class that pixels may have.
struct LabelClass
{
    QString name;
    std::uint32_t rgb = 0x808080; ///< 0xRRGGBB
    bool isVisible = true;
    bool isLocked = false; ///< locked pixels are not painted over

    bool operator==(const LabelClass&) const = default;
};

/// The classes of a project, counted from 1; index 0 means "no class". A value.
class ClassTable
{
public:
    /// Membrane (1) and inside (2) in colours that colour-blind people tell apart (Okabe-Ito).
    static ClassTable membraneAndInside();

    /// One class for each name, in the order of the Okabe-Ito colours.
    static ClassTable named(const std::vector<QString>& names);

    int count() const { return int(m_classes.size()); }

    bool contains(int classIndex) const { return classIndex >= 1 && classIndex <= count(); }

    const LabelClass& at(int classIndex) const;
    void set(int classIndex, LabelClass labelClass);

    /// The new class's index. Throws Error when the table is full (Label::maximumClass).
    int add(LabelClass labelClass);

    /// 0 when no class has that name.
    int indexOf(const QString& name) const;
    std::vector<QString> names() const;

    /// The colour that a new class at that index gets.
    static std::uint32_t standardColour(int classIndex);

    bool operator==(const ClassTable&) const = default;

private:
    std::vector<LabelClass> m_classes;
};

} // namespace emend
