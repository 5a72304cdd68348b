// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/logfile.h"

#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>

#include <algorithm>

namespace kindling {

namespace {
constexpr qsizetype blockBytes = 1024 * 1024;
constexpr int hundred = 100;

class Writing final {
public:
    Writing(const LogFile& what, QPromise<QString>& promise)
        : m_what(what)
        , m_promise(promise)
        , m_file(what.path)
    {
    }

    /// What went wrong, if anything did.
    QString run();

private:
    void add(qsizetype row);
    bool flush();

    const LogFile& m_what;
    QPromise<QString>& m_promise;
    QSaveFile m_file;
    QByteArray m_block;
};

void Writing::add(qsizetype row)
{
    const LogRow line = m_what.text.row(row);
    if (!line.isMark) {
        m_block.append(line.text);
    } else {
        const auto& marks = m_what.text.marks();
        const auto mark = std::ranges::lower_bound(marks, row, {}, &std::pair<qsizetype, LogMark>::first) - marks.begin();
        m_block.append(m_what.markWords.at(static_cast<size_t>(mark)));
    }
    m_block.append('\n');
}

bool Writing::flush()
{
    const bool isWritten = m_file.write(m_block) == m_block.size();
    m_block.clear();
    return isWritten;
}

QString Writing::run()
{
    if (!m_file.open(QIODevice::WriteOnly))
        return m_file.errorString();
    const qsizetype count = m_what.isWhole ? m_what.text.rowCount() : static_cast<qsizetype>(m_what.rows.size());
    for (qsizetype i = 0; i < count && !m_promise.isCanceled(); ++i) {
        add(m_what.isWhole ? i : static_cast<qsizetype>(m_what.rows[static_cast<size_t>(i)]));
        if (m_block.size() < blockBytes)
            continue;
        if (!flush())
            return m_file.errorString();
        m_promise.setProgressValue(static_cast<int>(i * hundred / count));
    }
    if (m_promise.isCanceled())
        return {};
    return flush() && m_file.commit() ? QString() : m_file.errorString();
}
}

QFuture<QString> writeLog(LogFile file)
{
    auto promise = std::make_shared<QPromise<QString>>();
    promise->setProgressRange(0, hundred);
    promise->start();
    QThreadPool::globalInstance()->start([promise, what = std::move(file)] {
        promise->addResult(Writing(what, *promise).run());
        promise->finish();
    });
    return promise->future();
}

} // namespace kindling
