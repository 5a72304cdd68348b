// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/livy/types.h"

#include <QByteArray>

namespace kindling {

// What is kept of a request in the records: all of it but what looks like a secret (passwords, tokens, keys).

[[nodiscard]] QByteArray recordableRequest(NewSession wanted, const ServerVersion& version);
[[nodiscard]] QByteArray recordableRequest(NewBatch wanted);
// The same of what a person wrote instead; empty = it is no request.
[[nodiscard]] QByteArray recordableSessionRequest(const QByteArray& json, const ServerVersion& version);
[[nodiscard]] QByteArray recordableBatchRequest(const QByteArray& json);

/// A request from the records, to be asked for again. `lacking` names what was not kept: a person must fill it in.
template<typename Wanted>
struct RememberedRequest {
    Wanted wanted;
    QStringList lacking;
};
[[nodiscard]] Result<RememberedRequest<NewSession>> readRememberedSession(const QByteArray& json);
[[nodiscard]] Result<RememberedRequest<NewBatch>> readRememberedBatch(const QByteArray& json);

/// One setting of a request by its wire name; a list has a line for each value.
struct Setting {
    QString name;
    QString value;
    bool isConf = false; ///< one of Spark's own, under `conf`

    friend bool operator==(const Setting&, const Setting&) = default;
};
/// Those that are set, in the order in which a person thinks of them. Without the name, and secrets as dots.
[[nodiscard]] QList<Setting> settingsOf(const NewSession& wanted);
[[nodiscard]] QList<Setting> settingsOf(const NewBatch& wanted);

/// A setting of two requests; empty = not set there.
struct SettingPair {
    QString name;
    bool isConf = false;
    QString left;
    QString right;

    /// Do both mean the same? "4g" is "4096m".
    [[nodiscard]] bool isSame() const;
};
/// All settings of both, those of the left first.
[[nodiscard]] QList<SettingPair> pairsOf(const QList<Setting>& left, const QList<Setting>& right);

} // namespace kindling
