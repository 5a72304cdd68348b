// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTableWidget>

namespace kindling {

/// One line of a comparison; `isMarked`: the two sides differ where it matters.
struct ComparedLine {
    QString name;
    QString left;
    QString right;
    QString note;
    bool isMarked = false;

    friend bool operator==(const ComparedLine&, const ComparedLine&) = default;
};

/// Two sides line by line; those that differ are marked and, on wish, shown alone.
class SettingsTable final : public QTableWidget {
    Q_OBJECT
public:
    SettingsTable(const QString& leftTitle, const QString& rightTitle, QWidget* parent = nullptr);

    void setTitles(const QString& leftTitle, const QString& rightTitle);
    void showLines(const QList<ComparedLine>& lines);
    void setMarkedOnly(bool isMarkedOnly);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void fitColumns();
    QTableWidgetItem* makeCell(const QString& text, const ComparedLine& line) const;

    QList<ComparedLine> m_lines;
    bool m_isMarkedOnly = false;
};

/// What people call a field of a request ("driverMemory"); other names stay.
[[nodiscard]] QString settingWords(const QString& wireName);
/// Its value as people call it.
[[nodiscard]] QString settingValue(const QString& wireName, const QString& value);

} // namespace kindling
