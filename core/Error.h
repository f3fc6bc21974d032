// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <exception>
#include <string>

namespace emend {

/// The one exception of the program. Its text is shown to the user as it stands: one plain
/// sentence that says what happened and what to do.
class Error : public std::exception
{
public:
    explicit Error(QString text)
        : m_text(std::move(text))
        , m_utf8(m_text.toStdString())
    {
    }

    const QString& text() const { return m_text; }

    const char* what() const noexcept override { return m_utf8.c_str(); }

private:
    QString m_text;
    std::string m_utf8;
};

/// The user pressed Stop. Not an error: nothing is shown, nothing has changed.
class Cancelled : public std::exception
{
public:
    const char* what() const noexcept override { return "cancelled"; }
};

} // namespace emend
