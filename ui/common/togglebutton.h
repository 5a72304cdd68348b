// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace kindling {

/// A word in a bar that is on or off.
class ToggleButton final : public QPushButton {
    Q_OBJECT
public:
    ToggleButton(const QString& objectName, const QString& label, const QString& toolTip, QWidget* parent);
};

} // namespace kindling
