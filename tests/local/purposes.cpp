// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/purposes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace kindling::test {

namespace {
QString tableRow(const QStringList& cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}
}

Purposes::Purposes(const QString& file)
{
    QFile source(QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/data/"_s + file);
    if (!source.open(QIODevice::ReadOnly))
        return;
    const QJsonArray rows = QJsonDocument::fromJson(source.readAll()).array();
    for (const QJsonValue& row : rows) {
        m_differences.append({ QRegularExpression(row[u"file"_s].toString()), QRegularExpression(row[u"request"_s].toString()),
            QRegularExpression(row[u"differs"_s].toString()), row[u"livy"_s].toString(), row[u"kindling"_s].toString(),
            row[u"harm"_s].toString() });
    }
}

void Purposes::judge(const QString& recording, const QString& title, const QStringList& found)
{
    Count& count = m_counts[recording];
    ++count.exchanges;
    count.agree += found.isEmpty() ? 1 : 0;
    QList<Difference*> seen;
    for (const QString& line : found) {
        const auto purpose = std::ranges::find_if(m_differences, [&](const Difference& d) {
            return d.recording.match(recording).hasMatch() && d.title.match(title).hasMatch() && d.found.match(line).hasMatch();
        });
        if (purpose == m_differences.end())
            m_unlisted += recording + u": "_s + title.left(150) + u" -> "_s + line;
        else if (!seen.contains(&*purpose))
            seen += &*purpose;
    }
    for (Difference* purpose : seen)
        ++purpose->exchanges;
    count.onPurpose += seen.isEmpty() ? 0 : 1;
}

int Purposes::exchanges() const
{
    int sum = 0;
    for (const Count& count : m_counts)
        sum += count.exchanges;
    return sum;
}

QStringList Purposes::idle() const
{
    QStringList rows;
    for (const Difference& purpose : m_differences) {
        if (purpose.exchanges == 0 || purpose.livy.isEmpty() || purpose.kindling.isEmpty() || purpose.harm.isEmpty())
            rows += purpose.livy;
    }
    return rows;
}

QString Purposes::table(const QString& exchangesName) const
{
    QString text = tableRow({ u"recording"_s, exchangesName, u"agree"_s, u"differ on purpose"_s, u"differ otherwise"_s })
        + u"|---|---|---|---|---|\n"_s;
    Count sum;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it) {
        const Count& count = it.value();
        text += tableRow({ it.key(), QString::number(count.exchanges), QString::number(count.agree), QString::number(count.onPurpose), u"0"_s });
        sum = { sum.exchanges + count.exchanges, sum.agree + count.agree, sum.onPurpose + count.onPurpose };
    }
    text += tableRow({ u"**all**"_s, QString::number(sum.exchanges), QString::number(sum.agree), QString::number(sum.onPurpose), u"0"_s })
        + u'\n' + tableRow({ u"Livy"_s, u"here"_s, u"what copying would have harmed"_s, exchangesName }) + u"|---|---|---|---|\n"_s;
    for (const Difference& purpose : m_differences)
        text += tableRow({ purpose.livy, purpose.kindling, purpose.harm, QString::number(purpose.exchanges) });
    return text;
}

QString shownInDocument(const QString& mark, const QString& table)
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR) + u"/docs/local-spark.md"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    file.close();
    const QString end = u"<!-- end of differences -->\n"_s;
    const qsizetype begin = text.indexOf(mark);
    const qsizetype close = text.indexOf(end, begin);
    if (begin < 0 || close < 0)
        return {};
    const qsizetype first = begin + mark.size();
    if (!qEnvironmentVariableIsSet("KINDLING_WRITE_DOCS") || !file.open(QIODevice::WriteOnly))
        return text.sliced(first, close - first);
    file.write((text.first(first) + table + text.sliced(close)).toUtf8());
    return table;
}

} // namespace kindling::test
