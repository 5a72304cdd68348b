// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/output.h"

#include <QList>

#include <functional>

class QWidget;

namespace kindling {

/// Makes the widget that shows what a statement gave. Whoever puts the panes together hands it to those that need one,
/// since it is the notebook's.
using OutputWidgets = std::function<QWidget*(const QList<Output>& outputs, QWidget* parent)>;

} // namespace kindling
