// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/states.h"
#include "ui/common/factview.h"

#include <QDateTime>
#include <QList>
#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QTabWidget;
class QTableWidget;
class QVBoxLayout;

namespace kindling {

class ElidedLabel;
class MessageBar;
class OverflowRow;
class RoleLabel;

/// One state that the thing was in.
struct PageEvent {
    QDateTime when;
    StateRole role = StateRole::Idle;
    QString words;

    friend bool operator==(const PageEvent&, const PageEvent&) = default;
};

/// The page of one session or batch: its state and the acts on it, what is known of it, where it has been, and further
/// pages of whoever uses it. Shows what it is given; rows that did not change are left alone.
class SummaryPage final : public QWidget {
    Q_OBJECT
public:
    explicit SummaryPage(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setState(StateRole role, const QString& words);
    /// Facts without a value are not shown. Where the same things are told as before, focus and selection stay.
    void setFacts(const QList<PageFact>& facts);
    /// Newest first.
    void setHistory(const QList<PageEvent>& events);
    [[nodiscard]] MessageBar* messages() const { return m_messages; }
    /// A button at the right of the head; its accessible name is `label` without mnemonic. Where room is short, those of
    /// little worth are in a menu.
    QPushButton* addButton(const QString& objectName, const QString& label, int worth);
    void setButtonOffered(QPushButton* button, bool isOffered);
    /// Further pages beside the summary, as tabs; without any there are no tabs.
    void addPage(QWidget* page, const QString& title, int place = -1);
    void removePage(QWidget* page);
    [[nodiscard]] bool hasPage(const QWidget* page) const;
    void showPage(QWidget* page);
    [[nodiscard]] bool isSummaryShown() const;

Q_SIGNALS:
    /// Only http and https.
    void linkActivated(const QUrl& url);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeHead();
    /// Gives the buttons the room that the title leaves.
    void fitHead();
    void updateLeastWidth();
    /// Of the head, but for the title and the buttons.
    [[nodiscard]] int roomBesideButtons() const;
    QWidget* makeBody();
    /// Makes the table of states no higher than its rows.
    void fitHistory();
    void makeViews(const QList<PageFact>& facts);
    void updateGlyph();

    StateRole m_role = StateRole::Waiting;
    QList<FactView*> m_views;
    QList<PageEvent> m_events;
    MessageBar* m_messages = nullptr;
    QWidget* m_glyph = nullptr;
    ElidedLabel* m_title = nullptr;
    RoleLabel* m_words = nullptr;
    QHBoxLayout* m_head = nullptr;
    OverflowRow* m_buttons = nullptr;
    QTabWidget* m_pages = nullptr;
    QVBoxLayout* m_body = nullptr;
    QWidget* m_factsBox = nullptr;
    RoleLabel* m_historyTitle = nullptr;
    QTableWidget* m_history = nullptr;
};

} // namespace kindling
