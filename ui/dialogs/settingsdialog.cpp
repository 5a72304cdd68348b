// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/settingsdialog.h"

#include "app/storage/options.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/dialogs/formpage.h"
#include "ui/dialogs/noticespage.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

SettingsDialog::SettingsDialog(const SettingsChoice& present, const QString& recordFile, QWidget* parent)
    : QDialog(parent)
    , m_schemes(new QButtonGroup(this))
    , m_notices(new NoticesPage(present.notices, this))
{
    setObjectName("settingsDialog"_L1);
    setWindowTitle(tr("Settings"));
    auto* pages = new QTabWidget(this);
    pages->setObjectName("pages"_L1);
    pages->setAccessibleName(tr("Settings"));
    pages->setDocumentMode(true);
    pages->addTab(makeAppearancePage(present.colorScheme), tr("Appearance"));
    pages->addTab(makeHistoryPage(present.records, recordFile), tr("History"));
    pages->addTab(m_notices, tr("Notices"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addWidget(pages, 1);
    setupButtons();
    resize(700, 440);
}

QWidget* SettingsDialog::makeAppearancePage(ColorSchemeChoice present)
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 12, 0, 12);
    column->setSpacing(8);
    const auto add = [&](const QString& label, const QString& name, ColorSchemeChoice scheme) {
        auto* button = new QRadioButton(label, page);
        button->setObjectName(name);
        button->setAccessibleName(QString(label).remove(u'&'));
        button->setChecked(scheme == present);
        m_schemes->addButton(button, static_cast<int>(scheme));
        column->addWidget(button);
    };
    add(tr("Light or dark as the s&ystem is"), u"schemeSystem"_s, ColorSchemeChoice::System);
    add(tr("&Light"), u"schemeLight"_s, ColorSchemeChoice::Light);
    add(tr("&Dark"), u"schemeDark"_s, ColorSchemeChoice::Dark);
    column->addStretch();
    return page;
}

QWidget* SettingsDialog::makeHistoryPage(const RecordPolicy& present, const QString& recordFile)
{
    auto* page = new QWidget(this);
    QFormLayout* form = makeForm(page);
    m_recordIsOn = new QCheckBox(tr("&Record what is seen"), page);
    m_recordIsOn->setObjectName(u"recordIsOn"_s);
    m_recordIsOn->setAccessibleName(tr("Record what is seen"));
    m_recordIsOn->setChecked(present.isOn);
    form->addRow(m_recordIsOn);
    m_days = makeNumber(u"recordDays"_s, tr("Days to keep it"), options::maximumRecordDays, present.days);
    form->addRow(tr("Days to &keep it"), m_days);
    m_mebibytes = makeNumber(u"recordMebibytes"_s, tr("MiB it may take"), options::maximumRecordMebibytes, present.mebibytes);
    form->addRow(tr("&MiB it may take"), m_mebibytes);
    auto* hint = new RoleLabel(tr("States, statements with their results, logs and what was done from here, so that they outlive the server's memory; "
                                  "also the logs of what nobody has open. Older ones are given up. All of it is on this machine alone, for you only:\n%1")
                                   .arg(recordFile),
        ColorRole::Secondary, page);
    hint->setObjectName(u"recordHint"_s);
    hint->setWordWrap(true);
    hint->setSmall();
    hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(hint);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    const auto updateEnabled = [this] {
        for (QSpinBox* number : { m_days, m_mebibytes })
            number->setEnabled(m_recordIsOn->isChecked());
    };
    connect(m_recordIsOn, &QCheckBox::toggled, this, updateEnabled);
    updateEnabled();
    return page;
}

QSpinBox* SettingsDialog::makeNumber(const QString& name, const QString& label, int most, int value)
{
    auto* number = new QSpinBox(this);
    number->setObjectName(name);
    number->setAccessibleName(label);
    number->setRange(1, most);
    number->setGroupSeparatorShown(true);
    number->setValue(value);
    return number;
}

void SettingsDialog::setupButtons()
{
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    save->setObjectName("okButton"_L1);
    save->setAccessibleName(tr("Save"));
    save->setDefault(true);
    makePrimary(save);
    buttons->addButton(QDialogButtonBox::Cancel)->setObjectName("cancelButton"_L1);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

SettingsChoice SettingsDialog::choice() const
{
    return { static_cast<ColorSchemeChoice>(m_schemes->checkedId()),
        { .isOn = m_recordIsOn->isChecked(), .days = m_days->value(), .mebibytes = m_mebibytes->value() }, m_notices->policy() };
}

} // namespace kindling
