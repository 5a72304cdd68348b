// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsonoutline.h"

#include "app/livy/jsoncursor.h"
#include "app/livy/ondemand.h"

namespace kindling {

namespace {
class Outliner {
public:
    Outliner(QByteArrayView json, const RawParts& rawParts)
        : m_cursor(json)
        , m_rawParts(rawParts)
        , m_rest(json.begin())
    {
    }

    JsonOutline run()
    {
        while (m_cursor.findText()) {
            const QByteArrayView text = m_cursor.takeValue();
            if (!m_cursor.take(':'))
                continue;
            if (isAmong(m_rawParts.members, text))
                takeOut();
            else if (isAmong(m_rawParts.itemsOf, text))
                takeItems();
        }
        keepUntil(m_cursor.place());
        return std::move(m_outline);
    }

private:
    void keepUntil(const char* place)
    {
        m_outline.text.append(m_rest, place - m_rest);
        m_rest = place;
    }

    void takeOut()
    {
        const QByteArrayView part = m_cursor.takeValue();
        if (part.isEmpty())
            return;
        keepUntil(part.begin());
        m_outline.parts.push_back({ m_outline.text.size(), part });
        m_outline.text += "null";
        m_rest = part.end();
    }

    void takeItems()
    {
        const bool isObject = m_cursor.take('{');
        if (!isObject && !m_cursor.take('['))
            return;
        do {
            if (!isObject || (m_cursor.isBefore('"') && isNamed()))
                takeOut();
        } while (m_cursor.take(','));
    }

    bool isNamed()
    {
        m_cursor.takeValue();
        return m_cursor.take(':');
    }

    [[nodiscard]] bool isAmong(const QList<QStringView>& names, QByteArrayView quoted)
    {
        const QByteArrayView name = quoted.contains('\\') ? QByteArrayView(m_unescaped = unescaped(quoted)) : quoted.sliced(1).chopped(1);
        return std::ranges::any_of(names, [name](QStringView wanted) { return QLatin1StringView(name) == wanted; });
    }

    QByteArray unescaped(QByteArrayView quoted)
    {
        QByteArray name;
        const auto error = withDocument(quoted, m_source, [&name](ondemand::value value) {
            std::string_view text;
            const auto wrong = value.get_string(true).get(text);
            name = QByteArray(text.data(), std::ssize(text));
            return wrong;
        });
        return error == simdjson::SUCCESS ? name : QByteArray();
    }

    JsonCursor m_cursor;
    const RawParts& m_rawParts;
    const char* m_rest; ///< from here on, `m_outline` has not got it yet
    JsonOutline m_outline;
    JsonSource m_source;
    QByteArray m_unescaped;
};
}

JsonOutline outlineOf(QByteArrayView json, const RawParts& rawParts)
{
    return Outliner(json, rawParts).run();
}

} // namespace kindling
