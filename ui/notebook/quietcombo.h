// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QKeyEvent>
#include <QWheelEvent>

namespace kindling {

/// A combo box that leaves the wheel to what scrolls around it, so that scrolling past changes nothing, and says when its
/// choices are wanted, so that they need not be kept up to date before.
class QuietCombo final : public QComboBox {
    Q_OBJECT
public:
    using QComboBox::QComboBox;

    void showPopup() override
    {
        Q_EMIT choicesWanted();
        QComboBox::showPopup();
    }

Q_SIGNALS:
    /// Before a person sees them or goes through them with a key.
    void choicesWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        Q_EMIT choicesWanted();
        QComboBox::keyPressEvent(event);
    }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace kindling
