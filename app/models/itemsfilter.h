// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace kindling {

/// What a person asked to see: words that all must occur (any case), own items only, living ones only, some states or
/// kinds only.
struct ItemRule {
    QStringList words;
    QString owner;
    bool isLiveOnly = false;
    QStringList states; ///< in the server's words, any case; empty = all
    QStringList kinds;  ///< likewise; an empty word among them is for items without a kind

    /// `index` answers the roles of roles.h and is an item.
    [[nodiscard]] bool accepts(const QModelIndex& index) const;
};

/// ItemsModel filtered, sorted by SortRole.
class ItemsFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ItemsFilter(QObject* parent = nullptr);
    /// Words separated by spaces.
    void setText(const QString& text);
    /// Only items whose owner or proxy user is `me`; empty = all.
    void setMineOnly(const QString& me);
    void setLiveOnly(bool isLiveOnly);
    /// Empty lists let everything through.
    void setStates(const QStringList& states);
    void setKinds(const QStringList& kinds);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ItemRule m_rule;
};

/// NavigatorModel filtered. Servers and groups stay, except those without a match while there is a text.
class NavigatorFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit NavigatorFilter(QObject* parent = nullptr);
    void setText(const QString& text);
    void setMineOnly(const QString& me);
    void setLiveOnly(bool isLiveOnly);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ItemRule m_rule;
};

} // namespace kindling
