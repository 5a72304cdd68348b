// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/requestcommands.h"

#include "ui/dialogs/commandtext.h"

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
class OptionWriter {
public:
    explicit OptionWriter(const QString& program)
        : m_words{ program }
    {
    }
    void text(const QString& option, const QString& value)
    {
        if (!value.isEmpty())
            m_words << option << value;
    }
    void number(const QString& option, std::optional<int> value)
    {
        if (value)
            m_words << option << QString::number(*value);
    }
    template<typename Wanted>
    void common(const Wanted& wanted)
    {
        text(u"--name"_s, wanted.name);
        text(u"--proxy-user"_s, wanted.proxyUser);
        text(u"--driver-memory"_s, wanted.driverMemory);
        number(u"--driver-cores"_s, wanted.driverCores);
        text(u"--executor-memory"_s, wanted.executorMemory);
        number(u"--executor-cores"_s, wanted.executorCores);
        number(u"--num-executors"_s, wanted.numExecutors);
        text(u"--queue"_s, wanted.queue);
        text(u"--jars"_s, wanted.jars.join(u','));
        text(u"--py-files"_s, wanted.pyFiles.join(u','));
        text(u"--files"_s, wanted.files.join(u','));
        text(u"--archives"_s, wanted.archives.join(u','));
        for (const auto& [key, value] : wanted.conf.asKeyValueRange())
            text(u"--conf"_s, key + u'=' + value);
    }
    void words(const QStringList& words) { m_words << words; }
    [[nodiscard]] QString line() const { return joinArguments(m_words); }

private:
    QStringList m_words;
};

QString shellOf(Kind kind)
{
    switch (kind) {
    case Kind::Spark: return u"spark-shell"_s;
    case Kind::SparkR: return u"sparkR"_s;
    case Kind::Sql: return u"spark-sql"_s;
    case Kind::PySpark:
    case Kind::Shared:
    case Kind::Unknown: break;
    }
    return u"pyspark"_s;
}

/// The variable in double quotes, so that the shell puts the value in; nothing else in them.
QString secretHeader(const QString& before, const QString& variable)
{
    return u" -H "_s + joinArguments({ before }) + u"\"$"_s + variable + u'"';
}

/// Of the header "X-Api-Key": HEADER_X_API_KEY.
QString variableOf(const QString& header)
{
    QString variable = u"HEADER_"_s;
    for (const QChar c : header)
        variable += c.unicode() < 128 && c.isLetterOrNumber() ? c.toUpper() : QChar(u'_');
    return variable;
}
}

QString curlCommand(const ServerProfile& server, const QString& path, const QByteArray& json)
{
    QUrl url = server.url.adjusted(QUrl::StripTrailingSlash | QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    url.setPath(url.path() + u'/' + path);
    QString address = url.toString(QUrl::FullyEncoded);
    if (!server.doAs.isEmpty())
        address += u"?doAs="_s + QString::fromLatin1(QUrl::toPercentEncoding(server.doAs));
    QStringList words{ u"curl"_s, u"-X"_s, u"POST"_s, u"-H"_s, u"Content-Type: application/json"_s, u"-H"_s,
        u"X-Requested-By: kindling"_s };
    if (server.auth == AuthKind::Basic)
        words << u"-u"_s << server.user;
    if (!server.authorityFile.isEmpty())
        words << u"--cacert"_s << server.authorityFile;
    if (!server.clientCertificateFile.isEmpty())
        words << u"--cert"_s << server.clientCertificateFile;
    if (!server.clientKeyFile.isEmpty())
        words << u"--key"_s << server.clientKeyFile;
    if (!server.usesSystemProxy)
        words << u"--noproxy"_s << u"*"_s;
    QString line = joinArguments(words);
    if (server.auth == AuthKind::Bearer || server.kind == ServerKind::LocalSpark)
        line += secretHeader(u"Authorization: Bearer "_s, u"TOKEN"_s);
    for (const QString& name : server.headerNames)
        line += secretHeader(name + u": "_s, variableOf(name));
    return line + u' ' + joinArguments({ u"--data"_s, QString::fromUtf8(json.trimmed()), address });
}

QString sparkCommand(const NewBatch& wanted)
{
    OptionWriter writer(u"spark-submit"_s);
    writer.text(u"--class"_s, wanted.className);
    writer.common(wanted);
    writer.words(QStringList{ wanted.file } + wanted.args);
    return writer.line();
}

QString sparkCommand(const NewSession& wanted)
{
    OptionWriter writer(shellOf(wanted.kind));
    writer.common(wanted);
    return writer.line();
}

} // namespace kindling
