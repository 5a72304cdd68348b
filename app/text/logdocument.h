// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logscan.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>

namespace kindling {

/// A log as it is looked at: its text, which rows of it are shown, and which of those match. What takes long is done
/// in a thread of its own and arrives piece by piece. "Row" is a row of the text, "place" one of those shown.
class LogDocument final : public QObject {
    Q_OBJECT
public:
    explicit LogDocument(QObject* parent = nullptr);
    ~LogDocument() override;

    [[nodiscard]] const LogText& text() const { return m_text; }
    void append(const QList<LogLine>& lines);
    void append(QByteArrayView lines, LogSection section);
    void append(const LogMark& mark, LogSection section);
    void clear();
    /// Another text with the same filter.
    void setText(const LogText& text);

    void setFilter(const LogFilter& filter);
    [[nodiscard]] const LogFilter& filter() const { return m_filter; }
    [[nodiscard]] bool isSearching() const { return m_isScanning; }
    /// An expression was too much work for some lines.
    [[nodiscard]] bool hasGivenUp() const { return m_hasGivenUp; }

    [[nodiscard]] qsizetype placeCount() const;
    [[nodiscard]] qsizetype rowAt(qsizetype place) const;
    /// The place of a row, or of the first shown after it.
    [[nodiscard]] qsizetype placeOf(qsizetype row) const;
    [[nodiscard]] LogRow at(qsizetype place) const { return m_text.row(rowAt(place)); }
    /// Rows shown that match, ascending.
    [[nodiscard]] const std::vector<quint32>& matches() const { return m_matches; }
    /// The place of the first error shown at or after that place, else from the start; -1 = none.
    [[nodiscard]] qsizetype errorPlace(qsizetype from) const;

Q_SIGNALS:
    /// There are more places, other ones, or none.
    void changed();
    /// matches(), isSearching() or hasGivenUp() changed.
    void searched();

private:
    void begin(qsizetype row);
    void goOn();
    void take(const LogFound& found);
    void takeResults(int first, int last);
    void stop();
    [[nodiscard]] bool isQuick() const;
    [[nodiscard]] qsizetype errorPlaceIn(qsizetype from, qsizetype to) const;

    LogText m_text;
    LogFilter m_filter;
    qsizetype m_scanned = 0;
    std::vector<quint32> m_rows;
    std::vector<quint32> m_matches;
    bool m_hasGivenUp = false;
    bool m_showsAll = true;  ///< of what is shown: m_rows says nothing
    bool m_isStale = false; ///< what is shown is of the filter before
    bool m_isScanning = false; ///< a worker's results are not all taken
    QFutureWatcher<LogFound> m_scan;
    QThreadPool m_worker;
};

} // namespace kindling
