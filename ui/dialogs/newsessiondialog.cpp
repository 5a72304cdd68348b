// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/newsessiondialog.h"

#include "ui/dialogs/resourcefields.h"

#include <QComboBox>
#include <QLineEdit>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

NewSessionDialog::NewSessionDialog(const QString& serverName, SessionPreview preview, JsonCheck check, QWidget* parent)
    : RequestDialog(tr("&Create session"), std::move(check), parent)
    , m_previewOf(std::move(preview))
{
    setObjectName("newSessionDialog"_L1);
    setWindowTitle(tr("New session on %1").arg(serverName.simplified().left(60)));
    setupForm();
    updateState();
}

void NewSessionDialog::setupForm()
{
    m_kind = new QComboBox(this);
    m_kind->setObjectName("kind"_L1);
    m_kind->setAccessibleName(tr("Kind"));
    m_kind->addItem(tr("All kinds in one session"), QVariant::fromValue(Kind::Shared));
    m_kind->addItem(tr("PySpark"), QVariant::fromValue(Kind::PySpark));
    m_kind->addItem(tr("Scala"), QVariant::fromValue(Kind::Spark));
    m_kind->addItem(tr("SparkR"), QVariant::fromValue(Kind::SparkR));
    m_kind->addItem(tr("SQL"), QVariant::fromValue(Kind::Sql));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NewSessionDialog::updateState);
    addRow(tr("&Kind"), m_kind);

    m_name = new QLineEdit(this);
    m_name->setObjectName("name"_L1);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(200);
    m_name->setPlaceholderText(tr("Chosen by Kindling if left empty"));
    connect(m_name, &QLineEdit::textChanged, this, &NewSessionDialog::updateState);
    addRow(tr("&Name"), m_name);

    m_proxyUser = new QLineEdit(this);
    m_proxyUser->setObjectName("proxyUser"_L1);
    m_proxyUser->setAccessibleName(tr("Run as"));
    m_proxyUser->setPlaceholderText(tr("Yourself"));
    connect(m_proxyUser, &QLineEdit::textChanged, this, &NewSessionDialog::updateState);
    addRow(tr("&Run as"), m_proxyUser);
    setTabOrder({ m_kind, m_name, m_proxyUser });
    m_name->setFocus();
}

void NewSessionDialog::setWanted(const NewSession& wanted)
{
    m_base = wanted;
    const int row = m_kind->findData(QVariant::fromValue(wanted.kind));
    m_kind->setCurrentIndex(row < 0 ? 0 : row);
    m_name->setText(wanted.name);
    m_proxyUser->setText(wanted.proxyUser);
    resources()->readFrom(wanted);
    updateState();
}

NewSession NewSessionDialog::wanted() const
{
    NewSession wanted = m_base;
    wanted.kind = m_kind->currentData().value<Kind>();
    wanted.name = m_name->text().trimmed();
    wanted.proxyUser = m_proxyUser->text().trimmed();
    resources()->writeTo(wanted);
    return wanted;
}

QByteArray NewSessionDialog::formJson() const
{
    return m_previewOf ? m_previewOf(wanted()) : QByteArray();
}

QString NewSessionDialog::formProblem() const
{
    return resources()->problem();
}

} // namespace kindling
