// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/plaintooltip.h"

#include <QTextDocument>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestToolTip = 2000;
constexpr qsizetype longestPlain = 80;
}

QString plainToolTip(const QString& text)
{
    const QString shown = text.left(longestToolTip);
    // Markup is for the eye only: assistive technology reads a tooltip as it stands, so that it gets none without need.
    if (shown.size() <= longestPlain && !Qt::mightBeRichText(shown))
        return shown;
    return u"<div style='white-space:pre-wrap'>%1</div>"_s.arg(shown.toHtmlEscaped());
}

} // namespace kindling
