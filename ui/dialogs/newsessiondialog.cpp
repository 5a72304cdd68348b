// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/newsessiondialog.h"

#include "app/livy/requestcodec.h"
#include "app/livy/requestreader.h"
#include "app/livy/requestrecord.h"
#include "ui/dialogs/formpage.h"
#include "ui/dialogs/requestcommands.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// That of a server which knows every field.
ServerVersion newestVersion()
{
    ServerVersion version;
    version.major = 1;
    return version;
}
}

NewSessionDialog::NewSessionDialog(const RequestTarget& target, SessionPreview preview, TemplateShelf templates, QWidget* parent)
    : RequestDialog(target, tr("&Create session"), std::move(templates), parent)
    , m_previewOf(std::move(preview))
{
    setObjectName("newSessionDialog"_L1);
    setWindowTitle(tr("New session on %1").arg(target.server.name.simplified().left(60)));
    setupEssentials();
    addSharedPages();
    setupAdvanced();
    updateState();
    m_name->setFocus();
}

void NewSessionDialog::setupEssentials()
{
    auto* page = new QWidget(this);
    auto* form = makeForm(page);
    m_kind = new QComboBox(page);
    m_kind->setObjectName("kind"_L1);
    m_kind->setAccessibleName(tr("Kind"));
    m_kind->addItem(tr("All kinds in one session"), QVariant::fromValue(Kind::Shared));
    m_kind->addItem(tr("PySpark"), QVariant::fromValue(Kind::PySpark));
    m_kind->addItem(tr("Scala"), QVariant::fromValue(Kind::Spark));
    m_kind->addItem(tr("SparkR"), QVariant::fromValue(Kind::SparkR));
    m_kind->addItem(tr("SQL"), QVariant::fromValue(Kind::Sql));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NewSessionDialog::updateState);
    m_name = lineField(u"name"_s, tr("Chosen by Kindling if left empty"), page);
    form->addRow(tr("&Kind"), m_kind);
    form->addRow(tr("&Name"), m_name);
    addPage(page, tr("Essentials"));
}

void NewSessionDialog::setupAdvanced()
{
    auto* page = new QWidget(this);
    auto* form = makeForm(page);
    m_proxyUser = lineField(u"proxyUser"_s, tr("Yourself"), page);
    m_heartbeat = new QSpinBox(page);
    m_heartbeat->setObjectName("heartbeatTimeoutInSecond"_L1);
    m_heartbeat->setAccessibleName(fieldLabel(m_heartbeat->objectName()));
    m_heartbeat->setRange(0, 30 * 24 * 3600);
    m_heartbeat->setSpecialValueText(tr("never", "time after which a session ends that nobody looks at"));
    m_heartbeat->setSuffix(tr(" s", "seconds"));
    connect(m_heartbeat, &QSpinBox::valueChanged, this, &NewSessionDialog::updateState);
    m_idleTimeout = timeField(u"idleTimeout"_s, 9, page);
    m_ttl = timeField(u"ttl"_s, 8, page);
    const ServerVersion& version = target().version;
    if (version.isAtLeast(0, 8) && !version.isAtLeast(0, 9))
        m_ttl->setPlaceholderText(tr("Livy 0.8: the idle time, e.g. 30m"));
    for (QWidget* field : std::initializer_list<QWidget*>{ m_proxyUser, m_idleTimeout, m_ttl, m_heartbeat })
        form->addRow(fieldLabel(field->objectName()), field);
    addPage(page, tr("Advanced"));
}

QLineEdit* NewSessionDialog::lineField(const QString& name, const QString& hint, QWidget* page)
{
    auto* field = makeLineField(name, hint, page);
    connect(field, &QLineEdit::textChanged, this, &NewSessionDialog::updateState);
    return field;
}

QLineEdit* NewSessionDialog::timeField(const QString& name, int sinceMinor, QWidget* page)
{
    const ServerVersion& version = target().version;
    const bool isKnown = version.isAtLeast(0, sinceMinor);
    const QString why = version.text.isEmpty() ? tr("The server does not tell its version; needs Livy 0.%1").arg(sinceMinor)
                                               : tr("Needs Livy 0.%1; this is %2").arg(QString::number(sinceMinor), version.text.left(40));
    auto* field = lineField(name, isKnown ? tr("The server's default; for example 30m or 8h") : why, page);
    field->setEnabled(isKnown);
    return field;
}

void NewSessionDialog::setWanted(const NewSession& wanted)
{
    const int row = m_kind->findData(QVariant::fromValue(wanted.kind));
    m_kind->setCurrentIndex(row < 0 ? 0 : row);
    m_name->setText(wanted.name);
    m_proxyUser->setText(wanted.proxyUser);
    m_heartbeat->setValue(wanted.heartbeatTimeoutSeconds.value_or(0));
    // A field that this server does not know has no value to be sent.
    m_idleTimeout->setText(m_idleTimeout->isEnabledTo(this) ? wanted.idleTimeout : QString());
    m_ttl->setText(m_ttl->isEnabledTo(this) ? wanted.ttl : QString());
    readShared(wanted);
    updateState();
}

NewSession NewSessionDialog::wanted() const
{
    NewSession wanted;
    wanted.kind = m_kind->currentData().value<Kind>();
    wanted.name = m_name->text().trimmed();
    wanted.proxyUser = m_proxyUser->text().trimmed();
    if (m_heartbeat->value() > 0)
        wanted.heartbeatTimeoutSeconds = m_heartbeat->value();
    wanted.idleTimeout = m_idleTimeout->text().trimmed();
    wanted.ttl = m_ttl->text().trimmed();
    writeShared(wanted);
    return wanted;
}

QByteArray NewSessionDialog::formJson() const
{
    return m_previewOf ? m_previewOf(wanted()) : QByteArray();
}

QList<FieldProblem> NewSessionDialog::formProblems() const
{
    return problemsOf(wanted(), target().version);
}

QString NewSessionDialog::rawProblem(const QByteArray& json) const
{
    const Result<NewSession> read = readSessionRequest(json);
    if (!read)
        return read.error().detail.isEmpty() ? read.error().title : read.error().detail;
    const QList<FieldProblem> problems = problemsOf(*read, target().version);
    return problems.isEmpty() ? QString() : problems.first().text;
}

QByteArray NewSessionDialog::templateJson(QStringList& leftOut) const
{
    NewSession kept = wanted();
    kept.name.clear(); // a name is for one session only
    const auto harmless = readRememberedSession(recordableRequest(kept, newestVersion())).value_or(RememberedRequest<NewSession>());
    leftOut = labelsOf(harmless.lacking);
    return encodeSession(harmless.wanted, newestVersion());
}

QStringList NewSessionDialog::fillForm(const QByteArray& json)
{
    NewSession filled = wanted();
    const QStringList kept = fillFrom(filled, readSessionRequest(json).value_or(NewSession()));
    setWanted(filled);
    return kept;
}

void NewSessionDialog::takeRaw(const QByteArray& json)
{
    if (const Result<NewSession> read = readSessionRequest(json))
        setWanted(*read);
}

QString NewSessionDialog::path() const
{
    return u"sessions"_s;
}

QString NewSessionDialog::sparkLine() const
{
    return sparkCommand(isRaw() ? readSessionRequest(rawJson()).value_or(NewSession()) : wanted());
}

} // namespace kindling
