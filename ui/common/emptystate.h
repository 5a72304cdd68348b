// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace kindling {

/// Fills a pane that has nothing to show: says what would be here and offers the one act that fills it.
class EmptyState final : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString& title, const QString& text, const QString& buttonText = {}, QWidget* parent = nullptr);

    /// An empty `buttonText` takes the button away.
    void setContent(const QString& title, const QString& text, const QString& buttonText = {});
    /// Shows a moving bar instead of the button, in the same place.
    void setLoading(bool isLoading);
    [[nodiscard]] QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void activated();

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_button;
    QProgressBar* m_progress;
    bool m_hasButton = false;
};

} // namespace kindling
