// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/InputFile.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// The "key: value" or "key = value" lines of a text header (NRRD, MetaImage), as judged input:
/// numbers that are none, or too many, are simply not there.
class HeaderFields
{
public:
    static constexpr qint64 mostBytes = 64 << 10;

    /// A line without separator is passed over; keys are taken in small letters.
    void addLine(const QByteArray& line, char separator);

    QByteArray value(const char* key) const;

    bool contains(const char* key) const { return m_values.count(key) > 0; }

    /// All numbers of a field; empty where one of them is none.
    std::vector<qint64> integers(const char* key) const;
    std::vector<double> reals(const char* key) const;

private:
    std::map<QByteArray, QByteArray> m_values;
};

/// The file that a header names as the place of its pixels. Only a plain name in the header's own
/// folder is followed: a header is not to be trusted with the rest of the disk. Throws Error.
std::shared_ptr<const InputFile> siblingFile(const InputFile& header, const QByteArray& name);

} // namespace emend
