// SPDX-License-Identifier: Apache-2.0
#include "core/io/HeaderFields.h"

#include "core/Error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr qsizetype mostNumbers = 16;

QString tr(const char* text)
{
    return QCoreApplication::translate("HeaderFields", text);
}

QList<QByteArray> words(const QByteArray& value)
{
    const QByteArray simple = value.simplified();
    return simple.isEmpty() ? QList<QByteArray>() : simple.split(' ');
}

} // namespace

void HeaderFields::addLine(const QByteArray& line, char separator)
{
    const qsizetype at = line.indexOf(separator);
    if (at > 0)
        m_values[line.left(at).trimmed().toLower()] = line.mid(at + 1).trimmed();
}

QByteArray HeaderFields::value(const char* key) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? QByteArray() : found->second;
}

std::vector<qint64> HeaderFields::integers(const char* key) const
{
    std::vector<qint64> numbers;
    const QList<QByteArray> texts = words(value(key));
    for (const QByteArray& text : texts) {
        bool isNumber = false;
        numbers.push_back(text.toLongLong(&isNumber));
        if (!isNumber || qsizetype(numbers.size()) > mostNumbers)
            return {};
    }
    return numbers;
}

std::vector<double> HeaderFields::reals(const char* key) const
{
    std::vector<double> numbers;
    const QList<QByteArray> texts = words(value(key));
    for (const QByteArray& text : texts) {
        bool isNumber = false;
        numbers.push_back(text.toDouble(&isNumber));
        if (!isNumber || !std::isfinite(numbers.back()) || qsizetype(numbers.size()) > mostNumbers)
            return {};
    }
    return numbers;
}

std::shared_ptr<const InputFile> siblingFile(const InputFile& header, const QByteArray& name)
{
    const auto isPlain = [](char c) {
        return c != '/' && c != '\\' && c != '%' && c != ':' && quint8(c) >= 32;
    };
    if (name.isEmpty() || name.size() > 255 || name == "." || name == ".." || name == "LIST" ||
        !std::all_of(name.begin(), name.end(), isPlain))
        throw Error(tr("%1 keeps its pixels in a place that Emend does not follow. Save the stack "
                       "as one file, or with its pixels in one file beside it.")
                        .arg(header.name()));
    const NativePath folder = header.path().substr(0, header.path().find_last_of('/') + 1);
    return std::make_shared<const InputFile>(folder + name.toStdString());
}

} // namespace emend
