// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QWidget>

namespace kindling {

class EventsModel;

/// Every change of state that was seen, newest at the end.
class EventsPane final : public QWidget {
    Q_OBJECT
public:
    explicit EventsPane(EventsModel* model, QWidget* parent = nullptr);

Q_SIGNALS:
    void itemActivated(const kindling::ItemKey& key);
};

} // namespace kindling
