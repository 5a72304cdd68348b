// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/outputblob.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>
#include <numeric>

namespace kindling {

namespace {
constexpr quint8 format = 1;
constexpr qint32 mostParts = 1000;

qsizetype sizeOf(const QList<MimePart>& parts)
{
    return std::accumulate(parts.cbegin(), parts.cend(), qsizetype(0), [](qsizetype sum, const MimePart& part) { return sum + part.json.size(); });
}
}

QByteArray packOutput(const Output& output, qsizetype mostBytes)
{
    QList<MimePart> parts = output.parts;
    while (sizeOf(parts) > mostBytes)
        parts.erase(std::ranges::max_element(parts, {}, [](const MimePart& part) { return part.json.size(); }));
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << (parts.size() == output.parts.size()) << static_cast<quint8>(output.status) << qint32(output.executionCount) << output.errorName << output.errorValue
           << output.traceback << qint32(parts.size());
    for (const MimePart& part : std::as_const(parts))
        stream << part.mime << part.json;
    stream << qint32(output.rowLimit);
    return char(format) + qCompress(bytes, 1);
}

std::optional<UnpackedOutput> unpackOutput(const QByteArray& packed)
{
    if (packed.isEmpty() || packed.at(0) != char(format))
        return std::nullopt;
    const QByteArray bytes = qUncompress(packed.sliced(1));
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_0);
    UnpackedOutput result;
    Output& output = result.output;
    quint8 status = 0;
    qint32 count = 0;
    qint32 partCount = 0;
    stream >> result.isWhole >> status >> count >> output.errorName >> output.errorValue >> output.traceback >> partCount;
    output.status = status == 0 ? Output::Status::Ok : Output::Status::Error;
    output.executionCount = count;
    for (qint32 i = 0; i < std::min(partCount, mostParts) && stream.status() == QDataStream::Ok; ++i) {
        MimePart part;
        stream >> part.mime >> part.json;
        output.parts.append(part);
    }
    if (partCount <= mostParts && !stream.atEnd()) { // what was packed before has none
        qint32 limit = 0;
        stream >> limit;
        output.rowLimit = std::max(limit, 0);
    }
    if (bytes.isEmpty() || stream.status() != QDataStream::Ok)
        return std::nullopt;
    return result;
}

} // namespace kindling
