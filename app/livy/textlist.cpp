// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/textlist.h"

#include <QList>

#include <algorithm>
#include <cstring>

namespace kindling {

TextList::TextList(std::span<const QByteArrayView> utf8)
{
    qsizetype bytes = 0;
    for (const QByteArrayView text : utf8)
        bytes += qsizetype(sizeof(qsizetype)) + text.size();
    m_bytes = QByteArray(bytes, Qt::Uninitialized);
    char* at = m_bytes.data();
    for (const QByteArrayView text : utf8) {
        const qsizetype size = text.size();
        std::memcpy(at, &size, sizeof size);
        at = std::copy(text.begin(), text.end(), at + sizeof size);
    }
}

TextList::TextList(const QStringList& texts)
{
    QByteArrayList bytes;
    for (const QString& text : texts)
        bytes << text.toUtf8();
    *this = TextList(QList<QByteArrayView>(bytes.cbegin(), bytes.cend()));
}

QStringList TextList::toStringList() const
{
    QStringList texts;
    for (QByteArrayView rest = m_bytes; !rest.isEmpty();) {
        qsizetype size = 0;
        std::memcpy(&size, rest.data(), sizeof size);
        rest = rest.sliced(sizeof size);
        texts += QString::fromUtf8(rest.first(size));
        rest = rest.sliced(size);
    }
    return texts;
}

TextMap::TextMap(std::span<const QByteArrayView> utf8)
    : m_texts(utf8)
{
}

TextMap::TextMap(std::initializer_list<std::pair<QString, QString>> texts)
{
    QStringList turns;
    for (const auto& [name, text] : texts)
        turns << name << text;
    m_texts = TextList(turns);
}

QMap<QString, QString> TextMap::toMap() const
{
    QMap<QString, QString> map;
    const QStringList texts = m_texts.toStringList();
    for (qsizetype index = 0; index + 1 < texts.size(); index += 2)
        map.insert(texts.at(index), texts.at(index + 1));
    return map;
}

} // namespace kindling
