// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QWidget>

class QComboBox;
class QStackedLayout;
class QToolButton;

namespace kindling {

class Clock;
class TimelineModel;
class TimelineView;

/// The timeline dock: how much time is shown, and the strips.
class TimelinePane final : public QWidget {
    Q_OBJECT
public:
    TimelinePane(TimelineModel* model, Clock& clock, QWidget* parent = nullptr);

    /// Marks the row of that item.
    void setCurrent(const ItemKey& key);

Q_SIGNALS:
    /// `when`: it lived then.
    void itemActivated(const kindling::ItemKey& key, const QDateTime& when);

private:
    QWidget* makeBar();
    QToolButton* addButton(QWidget* bar, const QString& name, const QString& text, const QString& label);
    void updateBar();
    void updateEmptiness();

    TimelineModel* m_model;
    TimelineView* m_view;
    QStackedLayout* m_stack;
    QComboBox* m_range = nullptr;
    QToolButton* m_now = nullptr;
};

} // namespace kindling
