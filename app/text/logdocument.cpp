// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logdocument.h"

#include <QPromise>

#include <algorithm>
#include <utility>

namespace kindling {

namespace {
/// A literal is found in so many rows sooner than a thread is started.
constexpr qsizetype quickRows = 20'000;
}

LogDocument::LogDocument(QObject* parent)
    : QObject(parent)
{
    m_worker.setMaxThreadCount(1);
    connect(&m_scan, &QFutureWatcherBase::resultsReadyAt, this, &LogDocument::takeResults);
    connect(&m_scan, &QFutureWatcherBase::finished, this, [this] {
        if (m_scan.isCanceled())
            return;
        m_isScanning = false;
        goOn();
        Q_EMIT searched();
    });
}

LogDocument::~LogDocument()
{
    stop();
    m_worker.waitForDone();
}

void LogDocument::stop()
{
    m_isScanning = false;
    m_scan.cancel();
    m_scan.setFuture({});
}

void LogDocument::append(const QList<LogLine>& lines)
{
    for (const LogLine& line : lines)
        m_text.append(line);
    goOn();
    Q_EMIT changed();
}

void LogDocument::append(QByteArrayView lines, LogSection section)
{
    m_text.append(lines, section);
    goOn();
    Q_EMIT changed();
}

void LogDocument::append(const LogMark& mark, LogSection section)
{
    m_text.append(mark, section);
    goOn();
    Q_EMIT changed();
}

void LogDocument::clear()
{
    setText({});
}

void LogDocument::setText(const LogText& text)
{
    stop();
    m_text = text;
    m_rows.clear();
    m_matches.clear();
    m_hasGivenUp = false;
    m_isStale = false;
    m_showsAll = m_filter.showsAll();
    m_scanned = 0;
    goOn();
    Q_EMIT changed();
    Q_EMIT searched();
}

void LogDocument::setFilter(const LogFilter& filter)
{
    stop();
    m_filter = filter;
    m_scanned = 0;
    m_hasGivenUp = false;
    // What was found before is shown until there is something better, so that nothing flickers.
    m_isStale = true;
    goOn();
    Q_EMIT changed();
    Q_EMIT searched();
}

bool LogDocument::isQuick() const
{
    const bool isHard = m_filter.pattern && !m_filter.pattern->isLiteral();
    return !isHard && m_text.rowCount() - m_scanned <= quickRows;
}

void LogDocument::goOn()
{
    // Not m_scan.isRunning(): what a worker that is done found may still wait to be taken.
    if (m_isScanning || (m_scanned >= m_text.rowCount() && !m_isStale))
        return;
    if (isQuick()) {
        scanLog(m_text, m_scanned, m_filter, [] { return false; }, [this](const LogFound& found) { take(found); });
        return;
    }
    m_isScanning = true;
    auto promise = std::make_shared<QPromise<LogFound>>();
    m_scan.setFuture(promise->future());
    promise->start();
    m_worker.start([promise, text = m_text, first = m_scanned, filter = m_filter] {
        scanLog(text, first, filter, [&promise] { return promise->isCanceled(); }, [&promise](LogFound found) { promise->addResult(std::move(found)); });
        promise->finish();
    });
}

void LogDocument::takeResults(int first, int last)
{
    for (int i = first; i < last; ++i)
        take(m_scan.resultAt(i));
    Q_EMIT changed();
    Q_EMIT searched();
}

void LogDocument::take(const LogFound& found)
{
    if (std::exchange(m_isStale, false)) {
        m_showsAll = m_filter.showsAll();
        m_rows.clear();
        m_matches.clear();
    }
    m_rows.insert(m_rows.end(), found.rows.begin(), found.rows.end());
    m_matches.insert(m_matches.end(), found.matches.begin(), found.matches.end());
    m_hasGivenUp = m_hasGivenUp || found.hasGivenUp;
    m_scanned = found.scanned;
}

qsizetype LogDocument::placeCount() const
{
    return m_showsAll ? m_text.rowCount() : static_cast<qsizetype>(m_rows.size());
}

qsizetype LogDocument::rowAt(qsizetype place) const
{
    return m_showsAll ? place : static_cast<qsizetype>(m_rows[static_cast<size_t>(place)]);
}

qsizetype LogDocument::placeOf(qsizetype row) const
{
    if (m_showsAll)
        return row;
    return std::ranges::lower_bound(m_rows, row, {}, [](quint32 shown) { return static_cast<qsizetype>(shown); }) - m_rows.begin();
}

qsizetype LogDocument::errorPlace(qsizetype from) const
{
    const qsizetype found = errorPlaceIn(from, placeCount());
    return found >= 0 ? found : errorPlaceIn(0, std::min(from, placeCount()));
}

qsizetype LogDocument::errorPlaceIn(qsizetype from, qsizetype to) const
{
    qsizetype place = std::max<qsizetype>(0, from);
    while (place < to) {
        const qsizetype row = m_text.nextOf(LogLevel::Error, rowAt(place));
        if (row < 0)
            return -1;
        place = placeOf(row);
        if (place < to && rowAt(place) == row)
            return place;
    }
    return -1;
}

} // namespace kindling
