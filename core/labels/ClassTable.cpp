// SPDX-License-Identifier: Apache-2.0
#include "core/labels/ClassTable.h"

#include "core/Error.h"
#include "core/labels/Label.h"

#include <QCoreApplication>

#include <array>

namespace emend {

namespace {

// Okabe and Ito's palette with vermillion first, because membranes are thin and it shows best;
// without black (it vanishes on dark cells) and with grey instead.
constexpr std::array<std::uint32_t, 8> okabeIto = {0xD55E00, 0x56B4E9, 0x009E73, 0xF0E442,
                                                   0x0072B2, 0xE69F00, 0xCC79A7, 0x999999};

std::uint32_t darkened(std::uint32_t rgb, int percent)
{
    const auto channel = [&](int shift) {
        return ((rgb >> shift & 0xFFu) * std::uint32_t(percent) / 100u) << shift;
    };
    return channel(16) | channel(8) | channel(0);
}

} // namespace

ClassTable ClassTable::membraneAndInside()
{
    return named({QStringLiteral("membrane"), QStringLiteral("inside")});
}

ClassTable ClassTable::named(const std::vector<QString>& names)
{
    ClassTable table;
    for (const QString& name : names)
        table.add({.name = name, .rgb = standardColour(table.count() + 1)});
    return table;
}

const LabelClass& ClassTable::at(int classIndex) const
{
    Q_ASSERT(contains(classIndex));
    return m_classes[size_t(classIndex - 1)];
}

void ClassTable::set(int classIndex, LabelClass labelClass)
{
    Q_ASSERT(contains(classIndex));
    m_classes[size_t(classIndex - 1)] = std::move(labelClass);
}

int ClassTable::add(LabelClass labelClass)
{
    if (count() == Label::maximumClass)
        throw Error(
            QCoreApplication::translate(
                "ClassTable", "A project can have at most %1 classes. Use one of them again.")
                .arg(Label::maximumClass));
    m_classes.push_back(std::move(labelClass));
    return count();
}

int ClassTable::indexOf(const QString& name) const
{
    for (int classIndex = 1; classIndex <= count(); ++classIndex)
        if (at(classIndex).name == name)
            return classIndex;
    return 0;
}

std::vector<QString> ClassTable::names() const
{
    std::vector<QString> names;
    for (const LabelClass& labelClass : m_classes)
        names.push_back(labelClass.name);
    return names;
}

std::uint32_t ClassTable::standardColour(int classIndex)
{
    // Past the eighth class the colours come again, each round darker than the one before.
    const int round = (classIndex - 1) / int(okabeIto.size());
    const std::uint32_t colour = okabeIto[size_t(classIndex - 1) % okabeIto.size()];
    return darkened(colour, 100 - 9 * round);
}

} // namespace emend
