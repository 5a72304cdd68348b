// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/logtailer.h"
#include "app/storage/records.h"
#include "app/text/logtext.h"

#include <QObject>
#include <QPointer>
#include <QSet>

#include <array>

namespace kindling {

class Recorder;
class Server;
class Workspace;

/// What a tailer has of a log beyond what was recorded of it, so that nothing comes twice: the last recorded lines of
/// each section are looked for at the start of what the tailer has.
[[nodiscard]] QList<LogLine> linesBeyond(const QList<LogLine>& recorded, const QList<LogLine>& live);

/// The log of one session or batch from its beginning: what was recorded, at most the last five million lines, then what
/// the server says, with a mark where a statement was sent or, of others, began. What the server has is there at once, what
/// was recorded comes after it, in one piece. Of an earlier life of an id there is what was recorded alone.
class LogFeed final : public QObject {
    Q_OBJECT
public:
    /// Without a recorder: only what the server has.
    explicit LogFeed(Workspace* workspace, Recorder* recorder, QObject* parent = nullptr);
    ~LogFeed() override;

    /// `life`: 0 = the one that has the id now. Of a server that is not known any more: what was recorded.
    void follow(const ItemKey& key, LifeNumber life = 0);
    void leave();
    [[nodiscard]] const ItemKey& item() const { return m_key; }
    [[nodiscard]] LifeNumber life() const { return m_life; }
    /// Reading a session's log by its id renews its heartbeat: only while somebody looks.
    void setWatching(bool isWatching);

    /// None, where the server is not known any more, and of an earlier life.
    [[nodiscard]] LogTailer* tailer() const { return m_tailer; }
    /// What was recorded is being read.
    [[nodiscard]] bool isReading() const { return m_isReading; }
    /// Rows that come from the records.
    [[nodiscard]] qsizetype recordedRows() const { return m_recordedRows; }

Q_SIGNALS:
    void linesCame(const QList<kindling::LogLine>& lines);
    void markCame(const kindling::LogMark& mark);
    /// The log as it is now, with `earlier` rows before those told until now.
    void earlierCame(const kindling::LogText& text, qsizetype earlier);
    /// tailer()'s state, or isReading(), changed.
    void stateChanged();

private:
    struct Earlier;
    void startWatching();
    void stopWatching();
    void onLines(qsizetype first);
    void onObserved(const Observation& observation);
    void followPresent(Server* server);
    void readLife(LifeNumber life);
    void onLives(const QList<RecordedLife>& lives);
    void onStatements(const QList<RecordedStatement>& statements);
    void readPage(qint64 first);
    void onPage(const RecordedLog& page);
    void finishReading();
    void endReading();
    [[nodiscard]] bool isOf(const RecordedLife& life) const;

    Workspace* m_workspace;
    Recorder* m_recorder;
    ItemKey m_key;
    LifeNumber m_life = 0;
    QDateTime m_since; ///< it is followed
    QPointer<LogTailer> m_tailer;
    bool m_wantsWatching = false;
    bool m_isWatching = false;
    bool m_isReading = false;
    qsizetype m_recordedRows = 0;
    qsizetype m_liveRows = 0; ///< of the lines told; the tailer may not have all of them any more
    QSet<int> m_marked; ///< statements that have a mark
    RequestHandle m_asking;
    std::unique_ptr<Earlier> m_earlier;
};

} // namespace kindling
