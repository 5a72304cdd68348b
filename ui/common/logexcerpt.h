// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/logline.h"

#include <QList>
#include <QPlainTextEdit>

namespace kindling {

/// A piece of a log to be read and copied, some of its lines marked. Controls and marks that turn text around are
/// shown as such, never obeyed.
class LogExcerpt final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit LogExcerpt(QWidget* parent = nullptr);

    /// `marked`: places in `lines`. The first marked line is brought into sight, else the last of all.
    void showLines(const QList<LogLine>& lines, const QList<qsizetype>& marked = {});
    [[nodiscard]] const QList<qsizetype>& marked() const { return m_marked; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void paintMarks();

    QList<qsizetype> m_marked;
};

/// A line of a log as it may be shown.
[[nodiscard]] QString shownLine(const LogLine& line);

} // namespace kindling
