// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/settings.h"

#include <QDialog>

class QButtonGroup;
class QCheckBox;
class QSpinBox;

namespace kindling {

class NoticesPage;

/// What a person chose, all of it at once.
struct SettingsChoice {
    ColorSchemeChoice colorScheme = ColorSchemeChoice::System;
    RecordPolicy records = {};
    NoticePolicy notices = {};
};

/// Asks how the window looks, what is recorded, and what a person wants to be told.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    /// `recordFile`: where the records are.
    SettingsDialog(const SettingsChoice& present, const QString& recordFile, QWidget* parent = nullptr);

    [[nodiscard]] SettingsChoice choice() const;

private:
    QWidget* makeAppearancePage(ColorSchemeChoice present);
    QWidget* makeHistoryPage(const RecordPolicy& present, const QString& recordFile);
    QSpinBox* makeNumber(const QString& name, const QString& label, int most, int value);
    void setupButtons();

    QButtonGroup* m_schemes;
    QCheckBox* m_recordIsOn = nullptr;
    QSpinBox* m_days = nullptr;
    QSpinBox* m_mebibytes = nullptr;
    NoticesPage* m_notices;
};

} // namespace kindling
