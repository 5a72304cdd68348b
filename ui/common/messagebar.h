// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace kindling {

class WrappedText;

/// A strip at the top of a pane that tells what went wrong there (or went well), until it is closed. Hidden at first.
class MessageBar final : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// `detail`, if any, stands below in smaller type, cut to a few lines; all of it is in the tooltip.
    void showProblem(const QString& text, const QString& detail = {});
    void showInfo(const QString& text, const QString& detail = {});
    /// Offers one act; an empty label takes the button away. Showing another message takes it away, too.
    void setAction(const QString& label, std::function<void()> act);
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isProblem() const { return m_isProblem; }

public Q_SLOTS:
    void dismiss();

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void setupRow();
    void fitAction();
    void showMessage(bool isProblem, const QString& text, const QString& detail);
    void updateColors();

    bool m_isProblem = false;
    QLabel* m_glyph;
    WrappedText* m_text;
    WrappedText* m_detail;
    QBoxLayout* m_body; ///< the words and the action, beside them or below
    QPushButton* m_action;
    QToolButton* m_close;
    std::function<void()> m_act;
};

} // namespace kindling
