// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QPushButton;

namespace kindling {

class ElidedLabel;

/// Where requests are kept under names. Without functions nothing can be kept.
struct TemplateShelf {
    std::function<QMap<QString, QByteArray>()> all;
    std::function<bool(const QString& name, const QByteArray& json)> add; ///< false = not kept
    std::function<void(const QString& name)> remove;
};

/// A row to choose a kept request from, or to keep the present one under a new name. A kept one is never replaced.
class TemplateBar final : public QWidget {
    Q_OBJECT
public:
    /// `current` gives what Save keeps.
    TemplateBar(TemplateShelf shelf, std::function<QByteArray()> current, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* label() const;
    /// What became of the last act, in a line beside the buttons.
    void setNote(const QString& note);

Q_SIGNALS:
    void chosen(const QByteArray& json);
    void kept(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* addButton(const QString& name, const QString& label);
    void reload(const QString& name);
    void updateButtons();
    void keep();
    [[nodiscard]] QString name() const;

    TemplateShelf m_shelf;
    std::function<QByteArray()> m_current;
    QMap<QString, QByteArray> m_templates;
    QLabel* m_label;
    QComboBox* m_name;
    QPushButton* m_apply;
    QPushButton* m_keep;
    QPushButton* m_remove;
    ElidedLabel* m_note;
};

} // namespace kindling
