// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsoncheck.h"

#include "app/livy/jsonnode.h"
#include "app/livy/livywords.h"

namespace kindling {

using namespace Qt::StringLiterals;

QString checkJsonObject(const QByteArray& json)
{
    const Result<JsonDocument> document = readJson(json);
    if (!document)
        return document.error().detail.isEmpty() ? document.error().title : document.error().detail;
    return document->root().type() == JsonNode::Type::Object ? QString() : LivyWords::tr("not an object");
}

QString nameInRequest(const QByteArray& json)
{
    const Result<JsonDocument> document = readJson(json);
    return document ? document->root().at(u"name").text() : QString();
}

} // namespace kindling
