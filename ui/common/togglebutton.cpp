// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/togglebutton.h"

namespace kindling {

ToggleButton::ToggleButton(const QString& objectName, const QString& label, const QString& toolTip, QWidget* parent)
    : QPushButton(label, parent)
{
    setObjectName(objectName);
    setAccessibleName(label);
    setToolTip(toolTip);
    setCheckable(true);
}

} // namespace kindling
