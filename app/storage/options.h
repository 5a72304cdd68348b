// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

namespace kindling::options {

// Every key of the two settings files. preferences.conf: what the user chose; state.conf: what the window remembers.
inline constexpr QLatin1StringView format{ "format" }; ///< in both files
inline constexpr int formatNumber = 1;                 ///< a file with a greater one is not ours to touch

inline constexpr QLatin1StringView colorScheme{ "view/colorScheme" };
inline constexpr QLatin1StringView servers{ "servers" };
inline constexpr QLatin1StringView serverId{ "id" };
inline constexpr QLatin1StringView serverName{ "name" };
inline constexpr QLatin1StringView serverKind{ "kind" };
inline constexpr QLatin1StringView serverUrl{ "url" };
inline constexpr QLatin1StringView serverAuth{ "auth" };
inline constexpr QLatin1StringView serverUser{ "user" };
inline constexpr QLatin1StringView serverDoAs{ "doAs" };
inline constexpr QLatin1StringView serverIsReadOnly{ "isReadOnly" };
inline constexpr QLatin1StringView serverPython{ "python" };
inline constexpr QLatin1StringView serverAuthorityFile{ "authorityFile" };
inline constexpr QLatin1StringView serverFingerprint{ "fingerprint" };
inline constexpr QLatin1StringView serverUsesSystemProxy{ "usesSystemProxy" };
inline constexpr QLatin1StringView serverHeaderNames{ "headerNames" };
inline constexpr QLatin1StringView serverClientCertificateFile{ "clientCertificateFile" };
inline constexpr QLatin1StringView serverClientKeyFile{ "clientKeyFile" };
inline constexpr QLatin1StringView serverLargestAnswerMiB{ "largestAnswerMiB" };
inline constexpr QLatin1StringView recordIsOn{ "history/isOn" };
inline constexpr QLatin1StringView recordDays{ "history/days" };
inline constexpr QLatin1StringView recordMebibytes{ "history/mebibytes" };

inline constexpr QLatin1StringView noticesAreOn{ "notices/isOn" };
inline constexpr QLatin1StringView onlyOwnBatches{ "notices/onlyOwnBatches" };
inline constexpr QLatin1StringView silencedNotices{ "notices/silenced" };
inline constexpr QLatin1StringView longStatementSeconds{ "notices/longStatementSeconds" };
inline constexpr QLatin1StringView noticeRules{ "notices/rules" };
inline constexpr QLatin1StringView ruleWhat{ "what" };
inline constexpr QLatin1StringView rulePattern{ "pattern" };
inline constexpr QLatin1StringView ruleMinutes{ "minutes" };
inline constexpr QLatin1StringView toldRules{ "notices/told" };

inline constexpr QLatin1StringView sessionTemplates{ "templates/sessions" };
inline constexpr QLatin1StringView batchTemplates{ "templates/batches" };

inline constexpr QLatin1StringView recentNotebooks{ "notebooks/recent" };
inline constexpr QLatin1StringView openNotebooks{ "notebooks/open" };
inline constexpr QLatin1StringView layout{ "layout" };

inline constexpr int maximumServers = 500;
inline constexpr int maximumRecent = 12;
inline constexpr int maximumOpen = 100;
inline constexpr int maximumHeaders = 50;
inline constexpr int maximumText = 4096;             ///< characters of a name, an address, a path
inline constexpr int maximumRecordDays = 3650;
inline constexpr int maximumRecordMebibytes = 1024 * 1024;
inline constexpr int maximumTemplates = 200;         ///< of sessions, and of batches
inline constexpr int maximumTemplateName = 100;      ///< characters
inline constexpr int maximumTemplateBytes = 64 * 1024;
inline constexpr int maximumRules = 50;
inline constexpr int maximumRulePattern = 200;       ///< characters
inline constexpr int maximumToldRules = 2000;
inline constexpr int maximumLayoutBytes = 256 * 1024;

} // namespace kindling::options
