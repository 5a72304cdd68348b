// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/noticespage.h"

#include "ui/dialogs/rulelist.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

NoticesPage::NoticesPage(const NoticePolicy& policy, QWidget* parent)
    : QWidget(parent)
    , m_isOn(makeBox(tr("&Tell me what happens while I look elsewhere"), u"noticesAreOn"_s))
    , m_rest(new QWidget(this))
    , m_longStatement(new QSpinBox(this))
    , m_rules(new RuleList(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 12);
    column->setSpacing(8);
    column->addWidget(m_isOn);
    column->addWidget(m_rest, 1);
    auto* rest = new QVBoxLayout(m_rest);
    rest->setContentsMargins(20, 0, 0, 0);
    rest->setSpacing(8);
    setupKinds(rest, policy);
    rest->addSpacing(4);
    rest->addWidget(m_rules, 1);
    m_rules->setRules(policy.rules);
    m_isOn->setChecked(policy.isOn);
    connect(m_isOn, &QCheckBox::toggled, this, &NoticesPage::updateEnabled);
    for (const auto& [kind, box] : std::as_const(m_kinds)) {
        box->setChecked(!policy.silenced.contains(kind));
        connect(box, &QCheckBox::toggled, this, &NoticesPage::updateEnabled);
    }
    updateEnabled();
}

void NoticesPage::setupKinds(QVBoxLayout* column, const NoticePolicy& policy)
{
    const auto addRow = [column](QWidget* box, QWidget* extra) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(box);
        row->addWidget(extra);
        row->addStretch();
        column->addLayout(row);
    };
    m_longStatement->setObjectName(u"longStatement"_s);
    m_longStatement->setAccessibleName(tr("Longer than"));
    m_longStatement->setRange(1, 86'400);
    m_longStatement->setSuffix(tr(" s", "seconds"));
    m_longStatement->setValue(static_cast<int>(policy.longStatement.count()));
    addRow(addKind(NoticeKind::LongStatement, tr("A &statement of mine ended that took longer than"), u"longStatements"_s), m_longStatement);
    m_onlyOwnBatches = makeBox(tr("only one of &mine"), u"onlyOwnBatches"_s);
    m_onlyOwnBatches->setChecked(policy.onlyOwnBatches);
    addRow(addKind(NoticeKind::BatchFailed, tr("A &batch failed"), u"failedBatches"_s), m_onlyOwnBatches);
    column->addWidget(addKind(NoticeKind::SessionExpires, tr("A session of mine is about to &end by itself"), u"expiringSessions"_s));
    column->addWidget(addKind(NoticeKind::ServerUnreachable, tr("A server &cannot be reached"), u"lostServers"_s));
}

QCheckBox* NoticesPage::addKind(NoticeKind kind, const QString& label, const QString& name)
{
    QCheckBox* box = makeBox(label, name);
    m_kinds.append({ kind, box });
    return box;
}

QCheckBox* NoticesPage::makeBox(const QString& label, const QString& name)
{
    auto* box = new QCheckBox(label, this);
    box->setObjectName(name);
    box->setAccessibleName(QString(label).remove(u'&'));
    return box;
}

void NoticesPage::updateEnabled()
{
    m_rest->setEnabled(m_isOn->isChecked());
    for (const auto& [kind, box] : std::as_const(m_kinds)) {
        if (kind == NoticeKind::LongStatement)
            m_longStatement->setEnabled(box->isChecked());
        else if (kind == NoticeKind::BatchFailed)
            m_onlyOwnBatches->setEnabled(box->isChecked());
    }
}

NoticePolicy NoticesPage::policy() const
{
    NoticePolicy policy;
    policy.isOn = m_isOn->isChecked();
    for (const auto& [kind, box] : m_kinds) {
        if (!box->isChecked())
            policy.silenced.insert(kind);
    }
    policy.onlyOwnBatches = m_onlyOwnBatches->isChecked();
    policy.longStatement = std::chrono::seconds(m_longStatement->value());
    policy.rules = m_rules->rules();
    return policy;
}

} // namespace kindling
