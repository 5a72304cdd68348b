// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QIdentityProxyModel>

#include <functional>

namespace kindling {

/// Puts words and headers on the table of a session's statements (StatementsModel).
class StatementLabels final : public QIdentityProxyModel {
    Q_OBJECT
public:
    /// `today` tells the local day, which times are shortened by; invalid = not known.
    explicit StatementLabels(std::function<QDate()> today, QObject* parent = nullptr);
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::function<QDate()> m_today;
};

} // namespace kindling
