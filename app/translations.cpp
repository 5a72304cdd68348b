// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace kindling {

using namespace Qt::StringLiterals;

void installTranslations(QCoreApplication& app)
{
    const QLocale locale;
    auto* qt = new QTranslator(&app);
    if (qt->load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto* own = new QTranslator(&app);
    // English has a file, too: its plurals.
    if (own->load(locale, u"kindling"_s, u"_"_s, u":/i18n"_s) || own->load(u":/i18n/kindling_en.qm"_s))
        QCoreApplication::installTranslator(own);
}

} // namespace kindling
