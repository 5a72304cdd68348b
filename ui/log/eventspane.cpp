// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/eventspane.h"

#include "app/models/eventsmodel.h"
#include "ui/common/emptystate.h"
#include "ui/log/tablelabels.h"
#include "ui/log/tailtable.h"

#include <QTableView>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

EventsPane::EventsPane(EventsModel* model, QWidget* parent)
    : QWidget(parent)
{
    setObjectName("eventsPane"_L1);
    auto* labels = new EventsLabels(this);
    labels->setSourceModel(model);
    auto* empty = new EmptyState(tr("Nothing has changed yet"), tr("Every change of a session's or batch's state appears here, with its time."));
    empty->setObjectName("eventsEmpty"_L1);
    auto* tail = new TailTable(labels, { u"00:00:00.000"_s, u"production"_s, u"000 nightly-orders-00"_s, u"shutting down"_s, u"shutting down"_s, u"note"_s }, -1, empty, this);
    tail->table()->setObjectName("eventsTable"_L1);
    tail->table()->setAccessibleName(tr("Events"));
    connect(tail->table(), &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const auto key = index.data(KeyRole).value<ItemKey>(); key.isValid())
            Q_EMIT itemActivated(key);
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(tail);
}

} // namespace kindling
