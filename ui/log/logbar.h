// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logscan.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace kindling {

class ElidedLabel;
class OverflowRow;
class RoleLabel;

/// The bar above a log: whose it is, which part and how loud, what is looked for, and what can be done.
class LogBar final : public QWidget {
    Q_OBJECT
public:
    explicit LogBar(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Which parts there are; fewer than two are not to be chosen from.
    void setSections(const QList<LogSection>& sections);
    /// `current`: from 0; -1 = none of them.
    void setMatches(qsizetype count, qsizetype current, bool isSearching);
    /// Something to say in place of the title, until there is nothing.
    void setNote(const QString& note, bool isProblem);
    void setFollowing(bool isFollowing);
    void setHasErrors(bool hasErrors);
    void setCanSave(bool canSave);

    /// An expression that is none is not part of it, and the bar says so.
    [[nodiscard]] const LogFilter& filter() const { return m_filter; }
    [[nodiscard]] bool isFollowing() const;
    void focusSearch();

Q_SIGNALS:
    void filterChanged();
    /// To the next match (1) or the one before (-1).
    void stepWanted(int by);
    void firstErrorWanted();
    void followingChanged(bool isFollowing);
    void saveWanted();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setupSearch(QHBoxLayout* row);
    void setupSteps(QHBoxLayout* row);
    void setupActs(QHBoxLayout* row);
    /// Gives the acts the room that the title and the search leave.
    void fitActs();
    /// Of all but these.
    [[nodiscard]] int fixedWidth() const;
    QToolButton* addStep(QHBoxLayout* row, const char* name, Qt::ArrowType arrow, const QString& label);
    void readFilter();
    void updateTitle();

    LogFilter m_filter;
    QString m_title;
    QString m_note;
    QString m_badExpression;
    bool m_isNoteProblem = false;
    ElidedLabel* m_label;
    QComboBox* m_section = nullptr;
    QLineEdit* m_search = nullptr;
    QPushButton* m_case = nullptr;
    QPushButton* m_regex = nullptr;
    QPushButton* m_matchingOnly = nullptr;
    RoleLabel* m_count = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    OverflowRow* m_acts = nullptr;
    QPushButton* m_loud = nullptr;
    QPushButton* m_firstError = nullptr;
    QPushButton* m_follow = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace kindling
