// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPushButton>
#include <QStringList>

#include <functional>

class QMenu;

namespace kindling {

/// One value that rows may have: `value` is what they are filtered by, `words` what a person reads.
struct Choice {
    QString value;
    QString words;
    int count = 0;

    friend bool operator==(const Choice&, const Choice&) = default;
};

/// A button "State ▾": its menu has what there is now, with counts, and stays open while several are chosen.
class ChoiceFilter final : public QPushButton {
    Q_OBJECT
public:
    /// `choices` is asked each time the menu opens.
    ChoiceFilter(const QString& label, std::function<QList<Choice>()> choices, QWidget* parent);

    /// Values; empty = nothing is filtered.
    [[nodiscard]] const QStringList& chosen() const { return m_chosen; }
    void clear();

Q_SIGNALS:
    void chosenChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose(const QString& value, bool isOn);
    void showChosen();

    QString m_label;
    std::function<QList<Choice>()> m_choices;
    QStringList m_chosen;
    QMenu* m_menu;
};

} // namespace kindling
