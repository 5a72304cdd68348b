// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/serverprofile.h"

namespace kindling {

using namespace Qt::StringLiterals;

ServerUrlCheck checkServerUrl(const QString& text)
{
    QString typed = text.trimmed();
    if (typed.isEmpty())
        return { {}, u"empty"_s };
    if (!typed.contains("://"_L1))
        typed.prepend("http://"_L1);
    QUrl url(typed, QUrl::StrictMode);
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return { {}, u"scheme"_s };
    if (!url.isValid() || url.host().isEmpty())
        return { {}, u"host"_s };
    if (!url.userInfo().isEmpty())
        return { {}, u"userinfo"_s };
    url.setQuery(QString());
    url.setFragment(QString());
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path);
    return { url, {} };
}

} // namespace kindling
