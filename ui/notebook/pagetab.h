// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace kindling {

/// One of a few flat tabs above an output: a word, underlined when chosen.
class PageTab final : public QAbstractButton {
    Q_OBJECT
public:
    explicit PageTab(const QString& text, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace kindling
