// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QDateTime>
#include <QIdentityProxyModel>

#include <functional>

namespace kindling {

struct TrackedItem;
struct SparkItem;
class Workspace;

/// Puts words, colours and headers on the table of all sessions and batches.
class OverviewLabels final : public QIdentityProxyModel {
    Q_OBJECT
public:
    explicit OverviewLabels(Workspace* workspace, QObject* parent = nullptr);

    /// How much a row shines, 0 to 1.
    void setShine(std::function<double(const ItemKey&)> shine) { m_shine = std::move(shine); }
    /// When something was last seen to happen in it, for the tooltip; may be null.
    void setLastActivity(std::function<QDateTime(const TrackedItem&)> lastActivity) { m_lastActivity = std::move(lastActivity); }

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

    [[nodiscard]] QVariant background(const QModelIndex& index) const;
    [[nodiscard]] QString sinceToolTip(const QModelIndex& index) const;

    Workspace* m_workspace;
    std::function<double(const ItemKey&)> m_shine;
    std::function<QDateTime(const TrackedItem&)> m_lastActivity;
};

/// "4 + 8 × 8 GiB": the driver's memory and that of its executors, as far as the server says; other units as sent.
[[nodiscard]] QString memoryText(const SparkItem& item);

} // namespace kindling
