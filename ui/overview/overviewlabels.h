// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIdentityProxyModel>

namespace kindling {

struct TrackedItem;
struct SparkItem;
class Workspace;

/// Puts words, colours and headers on the table of all sessions and batches.
class OverviewLabels final : public QIdentityProxyModel {
    Q_OBJECT
public:
    explicit OverviewLabels(Workspace* workspace, QObject* parent = nullptr);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// The name of a column for people; also of the one whose header is empty.
    [[nodiscard]] static QString columnName(int column);

private:
    [[nodiscard]] QString textOf(const QModelIndex& index) const;
    [[nodiscard]] QString stateText(const QModelIndex& index) const;
    [[nodiscard]] QString sinceText(const QModelIndex& index) const;
    [[nodiscard]] QString toolTip(const QModelIndex& index) const;
    [[nodiscard]] QString lockText(const QModelIndex& index) const;
    [[nodiscard]] const TrackedItem* itemOf(const QModelIndex& index) const;

    Workspace* m_workspace;
};

/// "4 + 8 × 8 GiB": the driver's memory and that of its executors, as far as the server says; other units as sent.
[[nodiscard]] QString memoryText(const SparkItem& item);

} // namespace kindling
