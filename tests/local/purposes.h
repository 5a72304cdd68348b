// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QRegularExpression>

namespace kindling::test {

/// The differences on purpose of a list in tests/data, and what was found beside recordings: which of them were seen, and
/// what is in no list.
class Purposes final {
public:
    explicit Purposes(const QString& file);

    /// Takes what was found in one exchange of that recording.
    void judge(const QString& recording, const QString& title, const QStringList& found);

    [[nodiscard]] int exchanges() const;
    [[nodiscard]] const QStringList& unlisted() const { return m_unlisted; }
    /// Of rows that were never seen or say nothing.
    [[nodiscard]] QStringList idle() const;
    /// The two tables of docs/local-spark.md, in Markdown.
    [[nodiscard]] QString table(const QString& exchangesName) const;

private:
    struct Difference {
        QRegularExpression recording;
        QRegularExpression title;
        QRegularExpression found;
        QString livy;
        QString kindling;
        QString harm;
        int exchanges = 0; ///< how many it was seen in
    };
    struct Count {
        int exchanges = 0;
        int agree = 0;
        int onPurpose = 0;
    };

    QList<Difference> m_differences;
    QMap<QString, Count> m_counts;
    QStringList m_unlisted;
};

/// What docs/local-spark.md shows between that mark and the end of differences; with KINDLING_WRITE_DOCS it shows the table
/// from now on.
[[nodiscard]] QString shownInDocument(const QString& mark, const QString& table);

} // namespace kindling::test
