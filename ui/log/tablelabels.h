// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/observation.h"

#include <QIdentityProxyModel>

namespace kindling {

class Workspace;

/// Puts words and headers on the table of transitions and of our own acts (EventsModel).
class EventsLabels final : public QIdentityProxyModel {
    Q_OBJECT
public:
    using QIdentityProxyModel::QIdentityProxyModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// "ran statement 4"; `detail` as OwnAct has it.
    [[nodiscard]] static QString actWords(OwnAct::What what, const QString& detail);

private:
    [[nodiscard]] QString textOf(const QModelIndex& index) const;
};

/// Puts words and headers on the table of exchanges (RequestsModel).
class RequestsLabels final : public QIdentityProxyModel {
    Q_OBJECT
public:
    explicit RequestsLabels(const Workspace* workspace, QObject* parent = nullptr);
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString textOf(const QModelIndex& index) const;

    const Workspace* m_workspace;
};

} // namespace kindling
