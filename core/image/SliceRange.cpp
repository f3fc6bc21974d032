// SPDX-License-Identifier: Apache-2.0
#include "core/image/SliceRange.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SliceRange", text);
}

} // namespace

SliceRange::SliceRange(std::vector<int> slices)
    : m_slices(std::move(slices))
{
    std::sort(m_slices.begin(), m_slices.end());
    m_slices.erase(std::unique(m_slices.begin(), m_slices.end()), m_slices.end());
}

SliceRange SliceRange::all(int sliceCount)
{
    std::vector<int> slices(size_t(std::max(0, sliceCount)));
    std::iota(slices.begin(), slices.end(), 0);
    return SliceRange(std::move(slices));
}

SliceRange SliceRange::single(int z)
{
    return SliceRange({z});
}

SliceRange SliceRange::parse(const QString& text, int sliceCount)
{
    std::vector<int> slices;
    const QStringList parts = text.split(QLatin1Char(','));
    for (const QString& part : parts) {
        const QStringList ends = part.trimmed().split(QLatin1Char('-'));
        bool firstOk = false;
        bool lastOk = false;
        const int first = ends.first().toInt(&firstOk);
        const int last = ends.last().toInt(&lastOk);
        if (!firstOk || !lastOk || ends.size() > 2 || last < first)
            throw Error(
                tr("\"%1\" is no list of slices. Write it like 0-4,18.").arg(text.left(80)));
        if (first < 0 || last >= sliceCount)
            throw Error(tr("There is no slice %1: the stack has %2 slices, counted from 0.")
                            .arg(last >= sliceCount ? last : first)
                            .arg(sliceCount));
        for (int z = first; z <= last; ++z)
            slices.push_back(z);
    }
    return SliceRange(std::move(slices));
}

bool SliceRange::contains(int z) const
{
    return std::binary_search(m_slices.begin(), m_slices.end(), z);
}

QString SliceRange::toText() const
{
    QStringList parts;
    for (size_t i = 0; i < m_slices.size();) {
        size_t last = i;
        while (last + 1 < m_slices.size() && m_slices[last + 1] == m_slices[last] + 1)
            ++last;
        parts << (last == i ? QString::number(m_slices[i])
                            : QStringLiteral("%1-%2").arg(m_slices[i]).arg(m_slices[last]));
        i = last + 1;
    }
    return parts.join(QLatin1Char(','));
}

} // namespace emend
