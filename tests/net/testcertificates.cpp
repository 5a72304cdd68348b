// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/testcertificates.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace kindling::test {

namespace {
constexpr auto authorityConfiguration = R"([ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
)";

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
}

bool TestCertificates::make()
{
    write(path(u"ca.cnf"_s), authorityConfiguration);
    write(path(u"index.txt"_s), {});
    write(path(u"serial"_s), "1000\n");
    return run({ u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-keyout"_s,
        u"ca.key"_s, u"-out"_s, u"ca.pem"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=Test authority"_s });
}

bool TestCertificates::run(const QStringList& arguments)
{
    QProcess openssl;
    openssl.setWorkingDirectory(m_folder.path());
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    openssl.start(u"openssl"_s, arguments);
    const bool hasEnded = openssl.waitForFinished(30'000);
    m_problem = hasEnded ? QString::fromUtf8(openssl.readAll()) : openssl.errorString();
    return hasEnded && openssl.exitCode() == 0;
}

QString TestCertificates::newKey(const QStringList& kind)
{
    const QString name = QString::number(++m_count);
    const bool isMade = run(QStringList{ u"req"_s, u"-newkey"_s } + kind
        + QStringList{ u"-nodes"_s, u"-keyout"_s, name + u".key"_s, u"-out"_s, name + u".csr"_s, u"-subj"_s, u"/CN=Test server "_s + name });
    return isMade ? name : QString();
}

QSslConfiguration TestCertificates::issue(const Wanted& wanted)
{
    const QString key = wanted.keyOf > 0 ? QString::number(wanted.keyOf) : newKey(wanted.key);
    const QString name = wanted.keyOf > 0 ? QString::number(++m_count) : key;
    write(path(name + u".ext"_s), "subjectAltName=" + wanted.alternativeName.toUtf8() + '\n');
    if (!run({ u"ca"_s, u"-batch"_s, u"-notext"_s, u"-config"_s, u"ca.cnf"_s, u"-md"_s, wanted.digest, u"-in"_s, key + u".csr"_s, u"-extfile"_s,
            name + u".ext"_s, u"-startdate"_s, wanted.from, u"-enddate"_s, wanted.until, u"-out"_s, name + u".pem"_s }))
        return {};
    return configuration(name + u".pem"_s, key + u".key"_s);
}

QSslConfiguration TestCertificates::issueBetween(bool isShown)
{
    const QString between = newKey(Wanted().key);
    const QString name = newKey(Wanted().key);
    write(path(u"between.ext"_s), "basicConstraints=critical,CA:TRUE\n");
    write(path(name + u".ext"_s), "subjectAltName=IP:127.0.0.1\n");
    const auto sign = [this](const QString& which, const QString& by, const QString& extensions) {
        return run({ u"x509"_s, u"-req"_s, u"-in"_s, which + u".csr"_s, u"-CA"_s, by + u".pem"_s, u"-CAkey"_s, by + u".key"_s, u"-CAcreateserial"_s,
            u"-days"_s, u"2"_s, u"-extfile"_s, extensions, u"-out"_s, which + u".pem"_s });
    };
    if (!sign(between, u"ca"_s, u"between.ext"_s) || !sign(name, between, name + u".ext"_s))
        return {};
    QSslConfiguration result = configuration(name + u".pem"_s, name + u".key"_s);
    if (isShown)
        result.setLocalCertificateChain({ result.localCertificate(), QSslCertificate(read(path(between + u".pem"_s))) });
    return result;
}

QByteArray TestCertificates::ocspAnswer(Said said)
{
    const QString certificate = lastPath(u"pem"_s);
    const QByteArray serial = QSslCertificate(read(certificate)).serialNumber().replace(":", "").toUpper();
    const QByteArray line = (said == Said::Revoked ? "R\t300101000000Z\t250101000000Z,keyCompromise\t" : "V\t300101000000Z\t\t") + serial + "\tunknown\t/CN=x\n";
    write(path(u"ocsp.txt"_s), said == Said::Unknown ? QByteArray() : line);
    const bool isMade = run({ u"ocsp"_s, u"-issuer"_s, u"ca.pem"_s, u"-cert"_s, certificate, u"-no_nonce"_s, u"-reqout"_s, u"ocsp.req"_s })
        && run({ u"ocsp"_s, u"-index"_s, u"ocsp.txt"_s, u"-rsigner"_s, u"ca.pem"_s, u"-rkey"_s, u"ca.key"_s, u"-CA"_s, u"ca.pem"_s, u"-ndays"_s, u"1"_s,
            u"-reqin"_s, u"ocsp.req"_s, u"-respout"_s, u"ocsp.der"_s });
    return isMade ? read(path(u"ocsp.der"_s)) : QByteArray();
}

QByteArray TestCertificates::lastKeyFingerprint()
{
    if (!run({ u"x509"_s, u"-in"_s, lastPath(u"pem"_s), u"-noout"_s, u"-pubkey"_s, u"-out"_s, u"public.pem"_s }))
        return {};
    QByteArrayList lines = read(path(u"public.pem"_s)).split('\n');
    lines.removeIf([](const QByteArray& line) { return line.startsWith("-----"); });
    return QCryptographicHash::hash(QByteArray::fromBase64(lines.join()), QCryptographicHash::Sha256);
}

QSslConfiguration TestCertificates::selfSigned()
{
    const QString name = newKey(Wanted().key);
    write(path(name + u".ext"_s), "subjectAltName=IP:127.0.0.1\n");
    if (!run({ u"x509"_s, u"-req"_s, u"-in"_s, name + u".csr"_s, u"-signkey"_s, name + u".key"_s, u"-days"_s, u"2"_s, u"-extfile"_s,
            name + u".ext"_s, u"-out"_s, name + u".pem"_s }))
        return {};
    return configuration(name + u".pem"_s, name + u".key"_s);
}

QSslConfiguration TestCertificates::configuration(const QString& certificate, const QString& key) const
{
    QSslConfiguration result = QSslConfiguration::defaultConfiguration();
    result.setLocalCertificate(QSslCertificate(read(path(certificate))));
    result.setPrivateKey(QSslKey(read(path(key)), QSsl::Ec));
    return result;
}

} // namespace kindling::test
