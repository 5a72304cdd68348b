// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace kindling {

/// A table of exchanges of which only some are shown.
class RequestsFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Only those with these servers, by their ids; empty = all.
    void setServers(const QStringList& ids);
    /// Only those without an answer, or with one that is an error.
    void setFailedOnly(bool isOn);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_servers;
    bool m_isFailedOnly = false;
};

} // namespace kindling
