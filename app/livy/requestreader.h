// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/livy/types.h"

#include <QByteArray>

namespace kindling {

// Readers of what the writers of requestcodec.h write, or a person instead of them. Fields that we do not know are
// passed over. Errors: Protocol, whose detail names the field and what it must be ("driverCores: a whole number…").
// A null is one of them: Livy fails on it (livy-protocol 1.1).

[[nodiscard]] Result<NewSession> readSessionRequest(const QByteArray& json);
[[nodiscard]] Result<NewBatch> readBatchRequest(const QByteArray& json);

// What `wanted` leaves open is taken from `other`; lists and settings get what they lack. What it says already stays:
// the wire names of those fields that `other` has another word for are given back ("queue", "conf.spark.x").

QStringList fillFrom(NewSession& wanted, const NewSession& other);
QStringList fillFrom(NewBatch& wanted, const NewBatch& other);

/// What a session was asked for with, as far as a server of that version tells it afterwards; without its name, which
/// no other session may have.
[[nodiscard]] NewSession requestLike(const SparkItem& session, const ServerVersion& version);

/// Does the server tell how this session was configured? Before 0.8 none does.
[[nodiscard]] bool tellsConfiguration(const SparkItem& session, const ServerVersion& version);

/// Does a Spark setting hold a secret, going by its name (passwords, tokens, keys) or by a value that names one, as
/// "-Dkey.password=…" does? Spark hides by the same rule.
[[nodiscard]] bool isSecretSetting(const QString& key, const QString& value);
/// Takes out the settings that hold a secret and gives their names.
QStringList takeSecrets(QMap<QString, QString>& conf);

} // namespace kindling
