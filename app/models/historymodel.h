// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/roles.h"
#include "app/storage/recorder.h"

#include <QAbstractTableModel>

namespace kindling {

class Workspace;

/// Every recorded statement over all servers, newest first, read a page at a time as a view asks for more; new ones come
/// in at the top. DisplayRole raw: When QDateTime, Server name (empty where it is no longer configured), Item "12 etl-ann",
/// Code its first line, State int of RunState, Took int ms by the driver's clock (empty = not told), Problem text.
/// Roles: KeyRole, ServerIdRole, NameRole, SortRole, CodeRole.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { When, Server, Item, Code, State, Took, Problem, Count };
    static constexpr int CodeRole = Qt::UserRole + 1000; ///< QString: all of it
    static constexpr int pageSize = 100;

    /// Both must outlive this.
    HistoryModel(Recorder& recorder, const Workspace& workspace, QObject* parent = nullptr);

    /// Shows only those that hold the text in code, error or session name.
    void setSearch(const QString& text);
    [[nodiscard]] const QString& search() const { return m_search; }
    /// Is the first page still on its way?
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// Is a further page on its way?
    [[nodiscard]] bool isFetchingMore() const { return m_isFetching; }
    /// Why it could not be read; kind Cancelled = no problem.
    [[nodiscard]] const Error& problem() const { return m_problem; }
    /// The local day, by the workspace's clock.
    [[nodiscard]] QDate today() const;
    [[nodiscard]] const RecordedStatement& statementAt(int row) const { return m_rows.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    /// isLoading() or problem() changed.
    void stateChanged();

private:
    [[nodiscard]] QVariant display(const RecordedStatement& row, Column column) const;
    void readNewest();
    void onNewest(const Result<QList<RecordedStatement>>& page);
    void onOlder(const Result<QList<RecordedStatement>>& page);
    void update(const QList<RecordedStatement>& page);
    void prepend(const QList<RecordedStatement>& page);
    void append(const QList<RecordedStatement>& page);
    void clear();
    void setState(bool isLoading, const Error& problem);

    Recorder& m_recorder;
    const Workspace& m_workspace;
    QList<RecordedStatement> m_rows;
    QString m_search;
    RequestHandle m_newest;
    RequestHandle m_older;
    bool m_hasMore = false;
    bool m_isFetching = false;
    bool m_isLoading = false;
    Error m_problem;
};

} // namespace kindling
