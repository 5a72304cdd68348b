// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/http.h"

#include <optional>

namespace kindling::local {

/// Who may ask: programs of this machine that know the token, and no web page of another origin.
class Access {
public:
    /// An empty token lets everyone on this machine in.
    explicit Access(QByteArray token)
        : m_token(std::move(token))
    {
    }

    /// The refusal (403 for a foreign Host, Origin or site, 401 for a missing or wrong token; without a token 403 for a
    /// body that a form could send), or nothing = let in.
    [[nodiscard]] std::optional<HttpResponse> refusal(const HttpRequest& request) const;

    /// 64 hexadecimal digits from the system's random source.
    [[nodiscard]] static QByteArray makeToken();

private:
    [[nodiscard]] static std::optional<HttpResponse> refusalWithoutToken(const HttpRequest& request);
    [[nodiscard]] bool knowsToken(const QByteArray& authorization) const;

    QByteArray m_token;
};

} // namespace kindling::local
