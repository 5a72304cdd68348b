// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QMap>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <span>
#include <utility>

namespace kindling {

/// Texts in one piece of memory. A list of ten thousand sessions brings ten log lines of each, and few are ever looked at:
/// they become QStrings when one is.
class TextList {
public:
    TextList() = default;
    explicit TextList(std::span<const QByteArrayView> utf8);
    explicit TextList(const QStringList& texts);
    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    [[nodiscard]] QStringList toStringList() const;

    friend bool operator==(const TextList&, const TextList&) = default;

private:
    QByteArray m_bytes; ///< of each text how many bytes follow, and these
};

/// Texts by name, kept likewise, as they were sent.
class TextMap {
public:
    TextMap() = default;
    TextMap(std::initializer_list<std::pair<QString, QString>> texts);
    /// Names and texts by turns.
    explicit TextMap(std::span<const QByteArrayView> utf8);
    [[nodiscard]] bool isEmpty() const { return m_texts.isEmpty(); }
    /// Of a name that came twice, the last.
    [[nodiscard]] QMap<QString, QString> toMap() const;

    friend bool operator==(const TextMap&, const TextMap&) = default;

private:
    TextList m_texts; ///< by turns too
};

} // namespace kindling
