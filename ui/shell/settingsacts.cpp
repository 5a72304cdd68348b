// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settingsacts.h"

#include "ui/common/theme.h"
#include "ui/dialogs/settingsdialog.h"

#include <QApplication>
#include <QStyleHints>

namespace kindling {

namespace {
Qt::ColorScheme schemeOf(ColorSchemeChoice choice)
{
    switch (choice) {
    case ColorSchemeChoice::System:
        return Qt::ColorScheme::Unknown;
    case ColorSchemeChoice::Light:
        return Qt::ColorScheme::Light;
    case ColorSchemeChoice::Dark:
        return Qt::ColorScheme::Dark;
    }
    return Qt::ColorScheme::Unknown;
}
}

void openSettings(Settings& settings, QWidget* window)
{
    const SettingsChoice present{ settings.colorScheme(), settings.recordPolicy(), settings.noticePolicy() };
    auto* dialog = new SettingsDialog(present, settings.recordFile(), window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, &settings, [dialog, &settings] {
        const SettingsChoice choice = dialog->choice();
        settings.setColorScheme(choice.colorScheme);
        settings.setRecordPolicy(choice.records);
        settings.setNoticePolicy(choice.notices);
    });
    dialog->open();
}

void applyColorScheme(ColorSchemeChoice choice)
{
    const Qt::ColorScheme scheme = schemeOf(choice);
    QGuiApplication::styleHints()->setColorScheme(scheme);
    applyTheme(*qApp, scheme);
}

} // namespace kindling
