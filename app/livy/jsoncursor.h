// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace kindling {

/// Steps through JSON text by its brackets, quotes and spaces alone, without reading or keeping anything. Whether what it
/// stepped over is JSON, whoever reads that finds out.
class JsonCursor {
public:
    explicit JsonCursor(QByteArrayView text)
        : m_at(text.begin())
        , m_end(text.end())
    {
    }

    [[nodiscard]] const char* place() const { return m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_end; }
    /// Steps over spaces. Is `c` next?
    [[nodiscard]] bool isBefore(char c);
    /// The same, and steps over it where it is.
    bool take(char c);
    /// Steps over spaces and a value; empty where none begins. One that is cut off reaches to the end.
    QByteArrayView takeValue();
    /// Steps to the next quote; false, and to the end, where there is none.
    bool findText();

private:
    void skipText();
    void skipContainer();
    void skipToken();

    const char* m_at;
    const char* m_end;
};

} // namespace kindling
