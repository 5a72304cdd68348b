// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/serverdialog.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QUuid>
#include <QVBoxLayout>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

ServerDialog::ServerDialog(const ServerProfile& profile, SecretHome home, QWidget* parent)
    : QDialog(parent)
    , m_id(profile.id.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : profile.id)
    , m_isNew(profile.id.isEmpty())
    , m_given(profile)
{
    setObjectName("serverDialog"_L1);
    setWindowTitle(m_isNew ? tr("Add server") : tr("Edit server"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setVerticalSpacing(8);
    m_form->setHorizontalSpacing(12);
    setupIdentity(m_form, profile);
    setupSignIn(m_form, profile, home);
    column->addLayout(m_form);
    m_connection = new ConnectionFields(m_form, profile);
    connect(m_connection, &ConnectionFields::changed, this, &ServerDialog::updateState);
    connect(m_connection, &ConnectionFields::folded, this, [this] {
        layout()->activate();
        resize(width(), layout()->totalHeightForWidth(width()));
    });
    connect(m_connection, &ConnectionFields::fileWanted, this, &ServerDialog::fileWanted);
    m_connectionProblem = hintLabel("connectionProblem");
    m_connectionProblem->setColorRole(ColorRole::Bad);
    column->addWidget(m_connectionProblem);
    column->addStretch();
    setupTest(column);
    setupButtons();
    updateState();
    m_name->setFocus();
    resize(520, layout()->totalHeightForWidth(520));
}

void ServerDialog::setupIdentity(QFormLayout* form, const ServerProfile& profile)
{
    m_kind = new QComboBox(this);
    m_kind->setObjectName("kind"_L1);
    m_kind->setAccessibleName(tr("Type"));
    m_kind->addItem(tr("Livy server"), QVariant::fromValue(ServerKind::Livy));
    m_kind->addItem(tr("Local Spark on this machine"), QVariant::fromValue(ServerKind::LocalSpark));
    m_kind->setCurrentIndex(profile.kind == ServerKind::LocalSpark ? 1 : 0);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ServerDialog::updateState);
    form->addRow(tr("&Type"), m_kind);

    m_name = lineField("name", tr("Name"));
    m_name->setMaxLength(100);
    m_name->setText(profile.name);
    form->addRow(tr("&Name"), m_name);

    m_url = lineField("url", tr("Address"));
    m_url->setPlaceholderText(u"https://livy.example.org:8998"_s);
    m_url->setText(profile.url.toString());
    form->addRow(tr("&Address"), m_url);
    m_urlHint = hintLabel("urlHint");
    form->addRow(QString(), m_urlHint);
    m_localHint = hintLabel("localHint");
    m_localHint->setText(tr("Kindling starts Spark itself and ends it with the window. No address and no sign-in are needed."));
    form->addRow(QString(), m_localHint);
}

void ServerDialog::setupSignIn(QFormLayout* form, const ServerProfile& profile, SecretHome home)
{
    m_auth = new QComboBox(this);
    m_auth->setObjectName("auth"_L1);
    m_auth->setAccessibleName(tr("Sign-in"));
    m_auth->addItem(tr("None"), QVariant::fromValue(AuthKind::None));
    m_auth->addItem(tr("User and password (Basic)"), QVariant::fromValue(AuthKind::Basic));
    m_auth->addItem(tr("Bearer token"), QVariant::fromValue(AuthKind::Bearer));
    m_auth->setCurrentIndex(m_auth->findData(QVariant::fromValue(profile.auth)));
    connect(m_auth, &QComboBox::currentIndexChanged, this, &ServerDialog::updateState);
    form->addRow(tr("&Sign-in"), m_auth);

    m_user = lineField("user", tr("User"));
    m_user->setText(profile.user);
    form->addRow(tr("&User"), m_user);
    m_secret = lineField("secret", tr("Password"));
    m_secret->setEchoMode(QLineEdit::Password);
    form->addRow(tr("&Password"), m_secret);
    m_secretHint = hintLabel("secretHint");
    m_secretHint->setText(home == SecretHome::Keychain ? tr("Kept in the keychain of your desktop.")
                                                       : tr("No keychain here: kept only until Kindling ends."));
    form->addRow(QString(), m_secretHint);
    m_readOnly = new QCheckBox(tr("&Read-only: nothing on it is changed from here"), this);
    m_readOnly->setObjectName("readOnly"_L1);
    m_readOnly->setAccessibleName(tr("Read-only: nothing on it is changed from here"));
    m_readOnly->setChecked(profile.isReadOnly);
    form->addRow(QString(), m_readOnly);
}

QLineEdit* ServerDialog::lineField(const char* name, const QString& label)
{
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1StringView(name));
    field->setAccessibleName(label);
    connect(field, &QLineEdit::textChanged, this, &ServerDialog::updateState);
    return field;
}

RoleLabel* ServerDialog::hintLabel(const char* name)
{
    auto* label = new RoleLabel(QString(), ColorRole::Secondary, this);
    label->setObjectName(QLatin1StringView(name));
    label->setWordWrap(true);
    label->setSmall();
    label->setMinimumHeight(label->fontMetrics().lineSpacing());
    return label;
}

void ServerDialog::setupTest(QVBoxLayout* column)
{
    m_testResult = hintLabel("testResult");
    column->addWidget(m_testResult);
    m_pin = new QPushButton(tr("Trust t&his certificate"), this);
    m_pin->setObjectName("pinButton"_L1);
    m_pin->setAccessibleName(tr("Trust this certificate"));
    m_pin->setAutoDefault(false);
    m_pin->hide();
    connect(m_pin, &QPushButton::clicked, this, [this] {
        m_connection->setPin(std::exchange(m_shownPin, {}));
        m_test->click();
    });
    column->addWidget(m_pin, 0, Qt::AlignLeft);
}

void ServerDialog::setupButtons()
{
    auto* buttons = new QDialogButtonBox(this);
    m_test = buttons->addButton(tr("T&est"), QDialogButtonBox::ActionRole);
    m_test->setObjectName("testButton"_L1);
    m_test->setAccessibleName(tr("Test"));
    m_test->setAutoDefault(false);
    const QString label = m_isNew ? tr("Add") : tr("Save");
    m_accept = buttons->addButton(label, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName("okButton"_L1);
    m_accept->setAccessibleName(label);
    m_accept->setDefault(true);
    buttons->addButton(QDialogButtonBox::Cancel)->setObjectName("cancelButton"_L1);
    connect(m_test, &QPushButton::clicked, this, [this] { Q_EMIT testRequested(profile(), secrets()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    makePrimary(m_accept);
    layout()->addWidget(buttons);
}

void ServerDialog::updateState()
{
    // Called while the rows are still being made.
    if (m_accept == nullptr)
        return;
    updateRows();
    const QString hint = urlHint();
    const bool isProblem = !m_url->text().trimmed().isEmpty() && !checkServerUrl(m_url->text()).problem.isEmpty();
    m_urlHint->setText(hint);
    m_urlHint->setColorRole(isProblem ? ColorRole::Bad : ColorRole::Secondary);
    m_connectionProblem->setText(m_connection->problem(checkServerUrl(m_url->text()).url, auth()));
    m_connectionProblem->setVisible(!m_connectionProblem->text().isEmpty());
    m_accept->setEnabled(isValid());
    m_test->setEnabled(isValid() && kind() == ServerKind::Livy);
    forgetTest();
}

void ServerDialog::updateRows()
{
    const bool isLivy = kind() == ServerKind::Livy;
    const bool isBearer = auth() == AuthKind::Bearer;
    const bool hasSecret = isLivy && auth() != AuthKind::None;
    m_form->setRowVisible(m_url, isLivy);
    m_form->setRowVisible(m_urlHint, isLivy);
    m_form->setRowVisible(m_localHint, !isLivy);
    m_form->setRowVisible(m_auth, isLivy);
    m_form->setRowVisible(m_user, isLivy && auth() == AuthKind::Basic);
    m_form->setRowVisible(m_secret, hasSecret);
    m_form->setRowVisible(m_secretHint, hasSecret);
    m_form->setRowVisible(m_readOnly, isLivy);
    const QString label = isBearer ? tr("Token") : tr("Password");
    m_secret->setAccessibleName(label);
    if (auto* text = qobject_cast<QLabel*>(m_form->labelForField(m_secret)))
        text->setText(isBearer ? tr("&Token") : tr("&Password"));
    const bool keepsStored = !m_isNew && m_given.auth == auth();
    m_secret->setPlaceholderText(keepsStored ? tr("Unchanged; type to replace it") : QString());
    m_test->setVisible(isLivy);
    m_connection->setOffered(isLivy);
    // Hints wrap where the font is wide; rows come and go.
    resize(width(), qMax(height(), layout()->totalHeightForWidth(width())));
}

void ServerDialog::forgetTest()
{
    m_testResult->clear();
    m_shownPin.clear();
    m_pin->hide();
}

QString ServerDialog::urlHint() const
{
    const ServerUrlCheck check = checkServerUrl(m_url->text());
    if (check.problem == "empty"_L1)
        return tr("With the path of the gateway, if there is one.");
    if (check.problem == "scheme"_L1)
        return tr("The address begins with http:// or https://.");
    if (check.problem == "userinfo"_L1)
        return tr("No user or password in the address: use the fields below.");
    if (!check.problem.isEmpty())
        return tr("This is no complete address: the name of the server is missing or wrong.");
    const bool sendsSecret = auth() != AuthKind::None;
    if (sendsSecret && check.url.scheme() == "http"_L1)
        return tr("%1: without https your secret travels readable.").arg(check.url.toString());
    return check.url.toString();
}

bool ServerDialog::isValid() const
{
    if (m_name->text().trimmed().isEmpty())
        return false;
    if (kind() == ServerKind::LocalSpark)
        return true;
    const bool hasUser = auth() != AuthKind::Basic || !m_user->text().trimmed().isEmpty();
    const bool hasSecret = auth() == AuthKind::None || (!m_isNew && m_given.auth == auth()) || !m_secret->text().isEmpty();
    return checkServerUrl(m_url->text()).problem.isEmpty() && hasUser && hasSecret && m_connectionProblem->text().isEmpty();
}

ServerKind ServerDialog::kind() const
{
    return m_kind->currentData().value<ServerKind>();
}

AuthKind ServerDialog::auth() const
{
    return m_auth->currentData().value<AuthKind>();
}

ServerProfile ServerDialog::profile() const
{
    ServerProfile profile;
    profile.id = m_id;
    profile.name = m_name->text().simplified();
    profile.kind = kind();
    profile.isReadOnly = m_given.isReadOnly;
    profile.python = m_given.python;
    if (profile.kind == ServerKind::LocalSpark)
        return profile;
    profile.url = checkServerUrl(m_url->text()).url;
    profile.auth = auth();
    profile.isReadOnly = m_readOnly->isChecked();
    if (profile.auth == AuthKind::Basic)
        profile.user = m_user->text().trimmed();
    m_connection->writeTo(profile);
    return profile;
}

TypedSecrets ServerDialog::secrets() const
{
    const bool isUsed = kind() == ServerKind::Livy && auth() != AuthKind::None;
    return { isUsed ? m_secret->text() : QString(), m_connection->typedHeaders() };
}

void ServerDialog::showTestRunning()
{
    forgetTest();
    m_test->setEnabled(false);
    m_testResult->setColorRole(ColorRole::Secondary);
    m_testResult->setText(tr("Asking the server…"));
}

void ServerDialog::showTestResult(const Result<QString>& result)
{
    m_test->setEnabled(isValid());
    m_testResult->setColorRole(result ? ColorRole::Good : ColorRole::Bad);
    if (result) {
        m_testResult->setText(tr("It works: %1").arg(*result));
        return;
    }
    m_testResult->setText(errorText(result.error()).left(600));
}

void ServerDialog::offerPin(const ShownCertificate& shown)
{
    if (shown.fingerprint.isEmpty() || m_connection->isPinned())
        return;
    m_shownPin = shown.fingerprint;
    m_testResult->setText(m_testResult->text() + u"\n"_s
        + tr("It shows a certificate of %1, issued by %2, valid until %3. Trust it only if whoever runs the server tells you the same SHA-256:\n%4")
              .arg(shown.subject, shown.issuer, QLocale().toString(shown.expires.date(), QLocale::ShortFormat), fingerprintText(shown.fingerprint)));
    m_pin->show();
    resize(width(), qMax(height(), layout()->totalHeightForWidth(width())));
}

void ServerDialog::setFile(ConnectionFile which, const QString& path)
{
    m_connection->setFile(which, path);
}

} // namespace kindling
