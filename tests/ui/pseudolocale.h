// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTranslator>

class QWidget;

namespace kindling::test {

/// While it lives, every translated text is accented, in brackets and 40 % longer.
class PseudoLocale final {
public:
    PseudoLocale();
    ~PseudoLocale();
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

private:
    QTranslator m_translator;
    bool m_isLoaded;
};

/// What is left of a text without its translated parts and without `raw`, the words that servers and people gave.
[[nodiscard]] QString untranslatedPart(const QString& text, const QStringList& raw);
/// What a person would complain of below `top`: words that were not translated, fixed texts in less room than they need.
[[nodiscard]] QStringList textProblems(const QWidget& top, const QStringList& raw = {});

} // namespace kindling::test
