// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/rulelist.h"

#include "ui/common/flatstyle.h"
#include "ui/common/statedelegate.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int longestMinutes = 60 * 24 * 365;

QString ruleWords(const NoticeRule& rule)
{
    const bool isBatch = rule.what == NoticeRule::What::BatchRunsLong;
    const QString minutes = RuleList::tr("%Ln minute(s)", nullptr, static_cast<int>(rule.limit.count()));
    if (rule.pattern.isEmpty())
        return (isBatch ? RuleList::tr("A batch runs longer than %1") : RuleList::tr("A session of mine is idle longer than %1")).arg(minutes);
    return (isBatch ? RuleList::tr("A batch named %1 runs longer than %2") : RuleList::tr("A session of mine named %1 is idle longer than %2"))
        .arg(rule.pattern, minutes);
}

QPushButton* makeButton(const QString& label, const QString& name, QWidget* parent)
{
    auto* button = new QPushButton(label, parent);
    button->setObjectName(name);
    button->setAccessibleName(QString(label).remove(u'&'));
    button->setAutoDefault(false);
    return button;
}
}

RuleList::RuleList(QWidget* parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_what(new QComboBox(this))
    , m_pattern(new QLineEdit(this))
    , m_minutes(new QSpinBox(this))
    , m_add(makeButton(tr("A&dd"), u"addRule"_s, this))
    , m_remove(makeButton(tr("&Remove"), u"removeRule"_s, this))
{
    m_list->setObjectName(u"rules"_s);
    m_list->setAccessibleName(tr("Rules of my own"));
    auto* rows = new StateDelegate({}, m_list);
    rows->setPadding(fieldPadding);
    m_list->setItemDelegate(rows);
    m_list->setMinimumHeight(m_list->fontMetrics().lineSpacing() * 4);
    auto* title = new QLabel(tr("Rules of my &own"), this);
    title->setBuddy(m_list);
    auto* side = new QVBoxLayout;
    side->addWidget(m_remove);
    side->addStretch();
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_list, 1);
    row->addLayout(side);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(title);
    column->addLayout(row, 1);
    column->addWidget(makeEditor());
    connect(m_list, &QListWidget::currentRowChanged, this, &RuleList::updateButtons);
    connect(m_add, &QPushButton::clicked, this, &RuleList::add);
    connect(m_remove, &QPushButton::clicked, this, &RuleList::removeCurrent);
    updateButtons();
}

QWidget* RuleList::makeEditor()
{
    auto* editor = new QWidget(this);
    m_what->setObjectName(u"ruleWhat"_s);
    m_what->setAccessibleName(tr("What the new rule is about"));
    m_what->addItem(tr("A batch runs"), QVariant::fromValue(NoticeRule::What::BatchRunsLong));
    m_what->addItem(tr("A session of mine is idle"), QVariant::fromValue(NoticeRule::What::SessionIdleLong));
    m_pattern->setObjectName(u"rulePattern"_s);
    m_pattern->setAccessibleName(tr("Name"));
    m_pattern->setPlaceholderText(tr("Any name; * stands for any text"));
    m_pattern->setMaxLength(200);
    m_pattern->setMinimumWidth(fontMetrics().averageCharWidth() * 20);
    m_minutes->setObjectName(u"ruleMinutes"_s);
    m_minutes->setAccessibleName(tr("Longer than"));
    m_minutes->setRange(1, longestMinutes);
    m_minutes->setValue(60);
    m_minutes->setPrefix(tr("longer than ", "before a number of minutes"));
    m_minutes->setSuffix(tr(" min"));
    auto* row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_what);
    row->addWidget(m_pattern, 1);
    row->addWidget(m_minutes);
    row->addWidget(m_add);
    connect(m_pattern, &QLineEdit::textChanged, this, &RuleList::updateButtons);
    connect(m_what, &QComboBox::currentIndexChanged, this, &RuleList::updateButtons);
    connect(m_minutes, &QSpinBox::valueChanged, this, &RuleList::updateButtons);
    return editor;
}

void RuleList::setRules(const QList<NoticeRule>& rules)
{
    m_rules = rules;
    showRules();
}

NoticeRule RuleList::typed() const
{
    return { m_what->currentData().value<NoticeRule::What>(), m_pattern->text().trimmed(), std::chrono::minutes(m_minutes->value()) };
}

void RuleList::add()
{
    m_rules.append(typed());
    m_pattern->clear();
    showRules();
    m_list->setCurrentRow(m_list->count() - 1);
}

void RuleList::removeCurrent()
{
    const int row = m_list->currentRow();
    m_rules.removeAt(row);
    showRules();
    m_list->setCurrentRow(qMin(row, m_list->count() - 1));
}

void RuleList::showRules()
{
    m_list->clear();
    for (const NoticeRule& rule : std::as_const(m_rules))
        m_list->addItem(ruleWords(rule));
    updateButtons();
}

void RuleList::updateButtons()
{
    NoticePolicy wanted;
    wanted.rules = m_rules + QList{ typed() };
    // one that would be dropped again is not taken
    m_add->setEnabled(cleanedPolicy(wanted).rules.size() == wanted.rules.size());
    m_remove->setEnabled(m_list->currentRow() >= 0);
}

} // namespace kindling
