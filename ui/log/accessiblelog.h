// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace kindling {

class LogView;
class SeenText;

/// Lets a screen reader read a log as text: the lines that are seen, with the current one as the caret. What is not seen
/// comes into it by scrolling, so that a log of millions of lines costs no more than a short one.
class AccessibleLog final : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit AccessibleLog(LogView* view);

    /// Makes the application know of it; again does nothing.
    static void install();

    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    [[nodiscard]] void* interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int* start, int* end) const override;
    [[nodiscard]] int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    [[nodiscard]] int cursorPosition() const override;
    void setCursorPosition(int offset) override;
    [[nodiscard]] QString text(int start, int end) const override;
    [[nodiscard]] int characterCount() const override;
    [[nodiscard]] QRect characterRect(int offset) const override;
    [[nodiscard]] int offsetAtPoint(const QPoint& onScreen) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int* start, int* end) const override;

private:
    [[nodiscard]] LogView& view() const;
    [[nodiscard]] SeenText seen() const;
};

/// Tells screen readers what changed of what is seen of a log; where there are none it costs nothing.
class LogAnnouncer final : private QAccessible::ActivationObserver {
public:
    explicit LogAnnouncer(LogView& view);
    LogAnnouncer(const LogAnnouncer&) = delete;
    LogAnnouncer& operator=(const LogAnnouncer&) = delete;
    ~LogAnnouncer();

    void tellText();
    /// The caret, too.
    void tellSelection();

private:
    void accessibilityActiveChanged(bool isActive) override { m_isHeard = isActive; }

    LogView& m_view;
    bool m_isHeard = QAccessible::isActive();
    QString m_told; ///< the text that they know of
};

} // namespace kindling
