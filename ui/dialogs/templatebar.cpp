// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/templatebar.h"

#include "ui/common/elidedlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

TemplateBar::TemplateBar(TemplateShelf shelf, std::function<QByteArray()> current, QWidget* parent)
    : QWidget(parent)
    , m_shelf(std::move(shelf))
    , m_current(std::move(current))
    , m_label(new QLabel(tr("&Template"), this))
    , m_name(new QComboBox(this))
    , m_apply(addButton(u"applyTemplate"_s, tr("Appl&y")))
    , m_keep(addButton(u"keepTemplate"_s, tr("Sa&ve")))
    , m_remove(addButton(u"removeTemplate"_s, tr("&Delete")))
    , m_note(new ElidedLabel(QString(), this))
{
    m_name->setObjectName("template"_L1);
    m_name->setAccessibleName(tr("Template"));
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->lineEdit()->setMaxLength(100);
    m_name->lineEdit()->setPlaceholderText(tr("Choose one, or name this one"));
    m_name->setMinimumWidth(fontMetrics().averageCharWidth() * 38);
    m_note->setObjectName("templateNote"_L1);
    m_note->setColorRole(ColorRole::Secondary);
    m_label->setBuddy(m_name);
    // The underlined letter takes no part in kerning, of which its size hint knows nothing.
    m_label->setMinimumWidth(m_label->sizeHint().width() + 3);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_label);
    row->addSpacing(4); // as in the forms below
    row->addWidget(m_name);
    for (QPushButton* button : { m_apply, m_keep, m_remove })
        row->addWidget(button);
    row->addWidget(m_note, 1);
    setTabOrder({ m_name, m_apply, m_keep, m_remove });

    m_name->installEventFilter(this);
    connect(m_name, &QComboBox::currentTextChanged, this, &TemplateBar::updateButtons);
    connect(m_apply, &QPushButton::clicked, this, [this] { Q_EMIT chosen(m_templates.value(name())); });
    connect(m_keep, &QPushButton::clicked, this, &TemplateBar::keep);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_shelf.remove(name());
        setNote(tr("Deleted: %1").arg(name()));
        reload({});
    });
    reload({});
}

QPushButton* TemplateBar::addButton(const QString& name, const QString& label)
{
    auto* button = new QPushButton(label, this);
    button->setObjectName(name);
    button->setAccessibleName(QString(label).remove(u'&'));
    button->setAutoDefault(false);
    return button;
}

bool TemplateBar::eventFilter(QObject* watched, QEvent* event)
{
    const int key = watched == m_name && event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event)->key() : 0;
    if (key != Qt::Key_Return && key != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    // It means the template, not the button that sends the request.
    for (QPushButton* button : { m_apply, m_keep }) {
        if (button->isEnabled()) {
            button->click();
            break;
        }
    }
    return true;
}

QWidget* TemplateBar::label() const
{
    return m_label;
}

void TemplateBar::setNote(const QString& note)
{
    m_note->setText(note);
}

QString TemplateBar::name() const
{
    return m_name->currentText().simplified();
}

void TemplateBar::reload(const QString& name)
{
    if (m_shelf.all)
        m_templates = m_shelf.all();
    m_name->clear();
    m_name->addItems(m_templates.keys());
    m_name->setCurrentIndex(m_name->findText(name, Qt::MatchExactly | Qt::MatchCaseSensitive));
    if (m_name->currentIndex() < 0)
        m_name->clearEditText();
    updateButtons();
}

void TemplateBar::updateButtons()
{
    const bool isKept = m_templates.contains(name());
    m_apply->setEnabled(isKept);
    m_remove->setEnabled(isKept);
    m_keep->setEnabled(m_shelf.add && !name().isEmpty() && !isKept);
    m_keep->setToolTip(isKept ? tr("There is one of this name: choose another name, or delete it first.") : QString());
}

void TemplateBar::keep()
{
    const QString kept = name();
    if (!m_shelf.add(kept, m_current())) {
        setNote(tr("Not saved: there is one of this name already, or there are too many."));
        reload(kept);
        return;
    }
    reload(kept);
    setNote(tr("Saved: %1").arg(kept));
    Q_EMIT this->kept(kept);
}

} // namespace kindling
