// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/aboutdialog.h"

#include "ui/common/elidedlabel.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QIcon>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setObjectName("aboutDialog"_L1);
    setWindowTitle(tr("About Kindling"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 12);
    column->setSpacing(16);
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    auto* picture = new QLabel(this);
    picture->setObjectName("icon"_L1);
    picture->setPixmap(QIcon(u":/icons/kindling.svg"_s).pixmap(QSize(72, 72), devicePixelRatio()));
    row->addWidget(picture, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(4);
    auto* name = new QLabel(tr("Kindling"), this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setBold(true);
    name->setFont(large);
    auto* duty = new QLabel(tr("A desktop workbench for Apache Spark behind the Livy REST API."), this);
    duty->setWordWrap(true);
    auto* details = new RoleLabel(versions(), ColorRole::Secondary, this);
    details->setObjectName("versions"_L1);
    details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    texts->addWidget(name);
    texts->addWidget(duty);
    texts->addSpacing(8);
    texts->addWidget(details);
    row->addLayout(texts, 1);
    column->addLayout(row, 1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copy = buttons->addButton(tr("&Copy versions"), QDialogButtonBox::ActionRole);
    copy->setObjectName("copyVersions"_L1);
    copy->setAccessibleName(tr("Copy versions"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(versions()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(460, sizeHint().height());
}

QString AboutDialog::versions() const
{
    return tr("Kindling %1\nQt %2 on %3\nLicence: GPL-3.0-or-later")
        .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()), QSysInfo::prettyProductName());
}

} // namespace kindling
