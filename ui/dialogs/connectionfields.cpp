// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/connectionfields.h"

#include "app/core/certificate.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/flatstyle.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostHeaders = 50;

/// Stands for a value that is stored and not shown.
QString storedMark()
{
    return QString(8, u'\u2022');
}

bool isSet(const ServerProfile& profile)
{
    return !profile.doAs.isEmpty() || !profile.authorityFile.isEmpty() || !profile.fingerprint.isEmpty() || !profile.usesSystemProxy
        || !profile.headerNames.isEmpty() || !profile.clientCertificateFile.isEmpty()
        || profile.largestAnswerMiB != ServerProfile::usualLargestAnswerMiB;
}
}

ConnectionFields::ConnectionFields(QFormLayout* form, const ServerProfile& profile)
    : QObject(form->parentWidget())
    , m_form(form)
    , m_widget(form->parentWidget())
    , m_storedNames(profile.headerNames)
{
    m_fold = new QToolButton(m_widget);
    m_fold->setObjectName("advanced"_L1);
    m_fold->setText(tr("Ad&vanced"));
    m_fold->setAccessibleName(tr("Advanced"));
    m_fold->setCheckable(true);
    m_fold->setChecked(isSet(profile));
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_form->addRow(m_fold);
    m_doAs = lineField(u"doAs"_s, tr("Act for"), tr("The user who signs in"));
    m_doAs->setText(profile.doAs);
    m_form->addRow(tr("Act f&or"), m_doAs);
    m_rows.append(m_doAs);
    setupTrust(profile);
    setupClientCertificate(profile);
    setupHeaders(profile);
    setupAmount(profile);
    connect(m_fold, &QToolButton::toggled, this, [this] {
        updateRows();
        Q_EMIT folded();
    });
    updateRows();
}

QLineEdit* ConnectionFields::fileRow(ConnectionFile which, const QString& label, const QString& hint)
{
    static constexpr std::array names{ "authorityFile"_L1, "clientCertificateFile"_L1, "clientKeyFile"_L1 };
    static constexpr std::array browseNames{ "browseAuthority"_L1, "browseClientCertificate"_L1, "browseClientKey"_L1 };
    const auto number = static_cast<size_t>(which);
    auto* row = new QWidget(m_widget);
    auto* text = new QLabel(label, m_widget);
    QLineEdit* field = lineField(names.at(number), QString(label).remove(u'&'), hint);
    text->setBuddy(field);
    auto* browse = new QPushButton(which == ConnectionFile::Authorities ? tr("&Browse…") : tr("Browse…"), row);
    browse->setObjectName(browseNames.at(number));
    browse->setAccessibleName(tr("Browse…"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this, which] { Q_EMIT fileWanted(which); });
    auto* column = new QHBoxLayout(row);
    column->setContentsMargins({});
    column->addWidget(field);
    column->addWidget(browse);
    m_form->addRow(text, row);
    m_files.at(number) = field;
    m_rows.append(row);
    return field;
}

void ConnectionFields::setupTrust(const ServerProfile& profile)
{
    fileRow(ConnectionFile::Authorities, tr("Authority &file"), tr("The system's certificate authorities"))->setText(profile.authorityFile);
    m_pin = lineField(u"fingerprint"_s, tr("Pinned certificate"), tr("None; else its SHA-256"));
    m_pin->setFont(codeFont());
    m_pin->setText(fingerprintText(profile.fingerprint));
    m_pin->setCursorPosition(0);
    m_form->addRow(tr("P&inned certificate"), m_pin);
    m_rows.append(m_pin);
}

void ConnectionFields::setupClientCertificate(const ServerProfile& profile)
{
    fileRow(ConnectionFile::ClientCertificate, tr("&Client certificate"), tr("None; else a file (PEM)"))->setText(profile.clientCertificateFile);
    fileRow(ConnectionFile::ClientKey, tr("Its &key"), tr("In the same file"))->setText(profile.clientKeyFile);
}

void ConnectionFields::setupHeaders(const ServerProfile& profile)
{
    m_headers = new QPlainTextEdit(m_widget);
    m_headers->setObjectName("headers"_L1);
    m_headers->setAccessibleName(tr("Extra headers"));
    m_headers->setFont(codeFont());
    m_headers->setTabChangesFocus(true);
    m_headers->document()->setDocumentMargin(fieldPadding - 1);
    m_headers->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_headers->setFixedHeight(m_headers->fontMetrics().lineSpacing() * 3 + 16);
    m_headers->setPlaceholderText(tr("X-Api-Key: value", "a header, as it is typed"));
    QStringList lines;
    for (const QString& name : profile.headerNames)
        lines.append(name + u": "_s + storedMark());
    m_headers->setPlainText(lines.join(u'\n'));
    connect(m_headers, &QPlainTextEdit::textChanged, this, &ConnectionFields::changed);
    m_form->addRow(tr("E&xtra headers"), m_headers);
    auto* hint = new RoleLabel(tr("One a line, sent with every request. Values are kept like the password and not shown again."),
        ColorRole::Secondary, m_widget);
    hint->setWordWrap(true);
    hint->setSmall();
    m_form->addRow(QString(), hint);
    m_rows.append({ m_headers, hint });
}

void ConnectionFields::setupAmount(const ServerProfile& profile)
{
    m_largestAnswer = new QSpinBox(m_widget);
    m_largestAnswer->setObjectName("largestAnswer"_L1);
    m_largestAnswer->setAccessibleName(tr("Largest answer"));
    m_largestAnswer->setRange(ServerProfile::leastLargestAnswerMiB, ServerProfile::mostLargestAnswerMiB);
    m_largestAnswer->setSuffix(tr(" MiB", "behind a number"));
    m_largestAnswer->setValue(profile.largestAnswerMiB);
    connect(m_largestAnswer, &QSpinBox::valueChanged, this, &ConnectionFields::changed);
    m_form->addRow(tr("&Largest answer"), m_largestAnswer);

    m_proxy = new QCheckBox(tr("&Go through the system's proxy, if there is one"), m_widget);
    m_proxy->setObjectName("usesSystemProxy"_L1);
    m_proxy->setAccessibleName(tr("Go through the system's proxy, if there is one"));
    m_proxy->setChecked(profile.usesSystemProxy);
    connect(m_proxy, &QCheckBox::toggled, this, &ConnectionFields::changed);
    m_form->addRow(QString(), m_proxy);
    m_rows.append({ m_largestAnswer, m_proxy });
}

QLineEdit* ConnectionFields::lineField(const QString& name, const QString& label, const QString& hint)
{
    auto* field = new QLineEdit(m_widget);
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    connect(field, &QLineEdit::textChanged, this, &ConnectionFields::changed);
    return field;
}

void ConnectionFields::setOffered(bool isOffered)
{
    m_isOffered = isOffered;
    updateRows();
}

void ConnectionFields::updateRows()
{
    const bool isOpen = m_isOffered && m_fold->isChecked();
    m_fold->setArrowType(m_fold->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    m_form->setRowVisible(m_fold, m_isOffered);
    for (QWidget* row : std::as_const(m_rows))
        m_form->setRowVisible(row, isOpen);
}

QString ConnectionFields::problem(const QUrl& url, AuthKind auth) const
{
    if (!m_isOffered)
        return {};
    const bool hasAuthority = !fileOf(ConnectionFile::Authorities).isEmpty();
    const bool hasClient = !fileOf(ConnectionFile::ClientCertificate).isEmpty();
    if (isPinned() && !fingerprintFromText(m_pin->text()))
        return fingerprintFromText(m_pin->text()).error().title;
    if (hasAuthority && isPinned())
        return tr("A pinned certificate needs no authority: leave one of the two empty.");
    if (!hasClient && !fileOf(ConnectionFile::ClientKey).isEmpty())
        return tr("A key without its certificate is of no use: name the client certificate too.");
    if ((hasAuthority || isPinned() || hasClient) && url.scheme() == "http"_L1)
        return tr("Only an https address has a certificate.");
    const Headers headers = readHeaders();
    if (auth != AuthKind::None && headers.names.contains("Authorization"_L1, Qt::CaseInsensitive))
        return tr("An Authorization header and another sign-in exclude each other.");
    return headers.problem;
}

ConnectionFields::Headers ConnectionFields::readHeaders() const
{
    Headers headers;
    for (const QString& text : m_headers->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        if (text.trimmed().isEmpty())
            continue;
        const Result<HeaderLine> line = headerFromText(text.toUtf8());
        if (!line) {
            headers.problem = line.error().title;
            return headers;
        }
        const QString name = QString::fromLatin1(line->first);
        if (headers.names.contains(name, Qt::CaseInsensitive)) {
            headers.problem = tr("The header %1 is there twice.").arg(name);
            return headers;
        }
        headers.names.append(name);
        const bool isMark = line->second == storedMark().toUtf8();
        if (isMark && !m_storedNames.contains(name, Qt::CaseInsensitive)) {
            headers.problem = tr("No value of the header %1 is stored: type it.").arg(name);
            return headers;
        }
        if (!isMark)
            headers.typed.append(*line);
    }
    if (headers.names.size() > mostHeaders)
        headers.problem = tr("More than %Ln header(s) are not kept.", nullptr, mostHeaders);
    return headers;
}

void ConnectionFields::writeTo(ServerProfile& profile) const
{
    profile.doAs = m_doAs->text().trimmed();
    profile.authorityFile = fileOf(ConnectionFile::Authorities);
    profile.clientCertificateFile = fileOf(ConnectionFile::ClientCertificate);
    profile.clientKeyFile = fileOf(ConnectionFile::ClientKey);
    profile.largestAnswerMiB = m_largestAnswer->value();
    profile.fingerprint = fingerprintFromText(m_pin->text()).value_or(QByteArray());
    profile.usesSystemProxy = m_proxy->isChecked();
    profile.headerNames = readHeaders().names;
}

QList<HeaderLine> ConnectionFields::typedHeaders() const
{
    return m_isOffered ? readHeaders().typed : QList<HeaderLine>();
}

bool ConnectionFields::isPinned() const
{
    return !m_pin->text().trimmed().isEmpty();
}

void ConnectionFields::setFile(ConnectionFile which, const QString& path)
{
    m_files.at(static_cast<size_t>(which))->setText(path);
}

QString ConnectionFields::fileOf(ConnectionFile which) const
{
    return m_files.at(static_cast<size_t>(which))->text().trimmed();
}

void ConnectionFields::setPin(const QByteArray& fingerprint)
{
    m_pin->setText(fingerprintText(fingerprint));
    m_pin->setCursorPosition(0);
    m_fold->setChecked(true);
}

} // namespace kindling
