// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsoncheck.h"

#include "app/livy/jsonnode.h"
#include "app/livy/livywords.h"

namespace kindling {

using namespace Qt::StringLiterals;

QString checkJsonObject(const QByteArray& json)
{
    const Result<JsonNode> node = readJson(json);
    if (!node)
        return node.error().detail.isEmpty() ? node.error().title : node.error().detail;
    return node->type == JsonNode::Type::Object ? QString() : LivyWords::tr("not an object");
}

QString nameInRequest(const QByteArray& json)
{
    const Result<JsonNode> node = readJson(json);
    return node ? node->at(u"name").text : QString();
}

} // namespace kindling
