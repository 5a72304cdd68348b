// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace kindling {

/// A table of events, as worded for people, of which only some are shown.
class EventsFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Only what we did ourselves.
    void setOwnActsOnly(bool isOn);
    /// Only what ended badly, and acts that were refused.
    void setBadOnly(bool isOn);
    /// All must occur in the row, in any case.
    void setWords(const QStringList& words);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    bool m_isOwnActsOnly = false;
    bool m_isBadOnly = false;
    QStringList m_words;
};

} // namespace kindling
