// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewlabels.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsmodel.h"
#include "app/models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/icons.h"
#include "ui/common/launchwords.h"
#include "ui/common/lockwords.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

namespace kindling {

using namespace Qt::StringLiterals;
using Column = ItemsModel::Column;

namespace {
constexpr qsizetype longestText = 300;

bool isNumeric(Column column)
{
    return column == Column::Id || column == Column::Cores;
}
}

QString memoryText(const SparkItem& item)
{
    const QString driver = gibibytes(item.driverMemory);
    const QString executor = gibibytes(item.executorMemory);
    const bool isReadable = driver.isEmpty() == item.driverMemory.isEmpty() && executor.isEmpty() == item.executorMemory.isEmpty();
    const QString first = isReadable ? driver : memoryWords(item.driverMemory);
    QString second = isReadable ? executor : memoryWords(item.executorMemory);
    if (!second.isEmpty() && item.numExecutors > 0)
        second = u"%1 × %2"_s.arg(item.numExecutors).arg(second);
    QStringList parts{ first, second };
    parts.removeAll(QString());
    const QString sum = parts.join(" + "_L1);
    return sum.isEmpty() || !isReadable ? sum : OverviewLabels::tr("%1 GiB").arg(sum);
}

OverviewLabels::OverviewLabels(Workspace* workspace, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_workspace(workspace)
{
}

QVariant OverviewLabels::data(const QModelIndex& index, int role) const
{
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(index);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole: {
        const auto glyph = static_cast<StateRole>(index.data(StateGlyphRole).toInt());
        const bool isLoud = glyph == StateRole::Bad || glyph == StateRole::Damaged || glyph == StateRole::Starting;
        if (column != Column::StateText || !isLoud)
            return {};
        return themeColor(colorOf(glyph), QGuiApplication::palette());
    }
    case Qt::BackgroundRole:
        return background(index);
    case Qt::DecorationRole:
        return column == Column::Owner && !lockText(index).isEmpty() ? QVariant(themedIcon(u"object-locked"_s)) : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(index));
    case Qt::AccessibleTextRole:
        if (column == Column::Owner && !lockText(index).isEmpty())
            return tr("%1, locked", "an owner").arg(textOf(index));
        return column == Column::State ? stateText(index) : textOf(index);
    case ElideModeRole:
        return column == Column::Id || column == Column::AppId ? QVariant(static_cast<int>(Qt::ElideMiddle)) : QVariant();
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant OverviewLabels::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto column = static_cast<Column>(section);
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return column == Column::State ? QString() : columnName(section);
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return columnName(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QString OverviewLabels::columnName(int column)
{
    switch (static_cast<Column>(column)) {
    case Column::State: return tr("State glyph");
    case Column::Server: return tr("Server");
    case Column::Type: return tr("Type");
    case Column::Id: return tr("Id");
    case Column::Name: return tr("Name");
    case Column::Kind: return tr("Kind");
    case Column::Owner: return tr("Owner");
    case Column::StateText: return tr("State");
    case Column::Since: return tr("Since");
    case Column::AppId: return tr("App id");
    case Column::Memory: return tr("Memory");
    case Column::Cores: return tr("Cores");
    case Column::Queue: return tr("Queue");
    case Column::Count: break;
    }
    return {};
}

QString OverviewLabels::textOf(const QModelIndex& index) const
{
    const TrackedItem* tracked = itemOf(index);
    switch (static_cast<Column>(index.column())) {
    case Column::State: return {};
    case Column::Type:
        return index.data(KeyRole).value<ItemKey>().type == ItemType::Session ? tr("Session") : tr("Batch");
    case Column::Kind:
        if (tracked == nullptr || tracked->item.kindText.isEmpty())
            return {};
        return tracked->item.kind() == Kind::Unknown ? tracked->item.kindText.left(longestText) : kindWord(tracked->item.kind());
    case Column::StateText: return stateText(index);
    case Column::Since: return sinceText(index);
    case Column::Memory: return tracked != nullptr ? memoryText(tracked->item).left(longestText) : QString();
    case Column::Server:
    case Column::Id:
    case Column::Name:
    case Column::Owner:
    case Column::AppId:
    case Column::Cores:
    case Column::Queue:
    case Column::Count: break;
    }
    return QIdentityProxyModel::data(index, Qt::DisplayRole).toString().left(longestText).simplified();
}

QString OverviewLabels::stateText(const QModelIndex& index) const
{
    const TrackedItem* tracked = itemOf(index);
    if (tracked == nullptr)
        return {};
    if (tracked->isDeleting)
        return tr("deleting");
    const QString words = stateWords(tracked->item.state).simplified().left(60);
    if (!tracked->damage.isEmpty() && tracked->item.state.isAlive())
        return words + u" · "_s + stateWords(tracked->item.state, tracked->damage).left(60);
    const QString phase = launchWords(tracked->item);
    return phase.isEmpty() ? words : phase;
}

QString OverviewLabels::sinceText(const QModelIndex& index) const
{
    const QDateTime since = index.data(SinceRole).toDateTime();
    if (!since.isValid())
        return {};
    const QString age = ageText(std::chrono::milliseconds(since.msecsTo(m_workspace->clock().now())));
    return index.data(SinceExactRole).toBool() ? age : u"≥ "_s + age;
}

QString OverviewLabels::toolTip(const QModelIndex& index) const
{
    if (static_cast<Column>(index.column()) == Column::Since)
        return sinceToolTip(index);
    if (const QString lock = lockText(index); static_cast<Column>(index.column()) == Column::Owner && !lock.isEmpty())
        return lock;
    return static_cast<Column>(index.column()) == Column::State ? stateText(index) : textOf(index);
}

QString OverviewLabels::sinceToolTip(const QModelIndex& index) const
{
    const QString since = exactTime(index.data(SinceRole).toDateTime());
    QString text = index.data(SinceExactRole).toBool() ? since : tr("Since %1 or longer: it was so when Kindling first looked").arg(since);
    const TrackedItem* tracked = itemOf(index);
    const bool isIdle = tracked != nullptr && tracked->item.state.value == ItemStateValue::Idle;
    const QDateTime last = isIdle && m_lastActivity ? m_lastActivity(*tracked) : QDateTime();
    if (last.isValid())
        text += u'\n' + tr("No activity was seen since %1; it may have been used unseen").arg(exactTime(last));
    return text;
}

QVariant OverviewLabels::background(const QModelIndex& index) const
{
    const double shine = m_shine ? m_shine(index.data(KeyRole).value<ItemKey>()) : 0;
    if (shine <= 0)
        return {};
    QColor color = themeColor(ColorRole::Selection, QGuiApplication::palette());
    color.setAlphaF(static_cast<float>(shine));
    return color;
}

QString OverviewLabels::lockText(const QModelIndex& index) const
{
    const TrackedItem* tracked = itemOf(index);
    return tracked != nullptr ? lockWords(*m_workspace, *tracked) : QString();
}

const TrackedItem* OverviewLabels::itemOf(const QModelIndex& index) const
{
    return index.data(TrackedItemRole).value<const TrackedItem*>();
}

} // namespace kindling
