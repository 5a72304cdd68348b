// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sessionpane.h"

#include "ui/common/theme.h"
#include "ui/common/words.h"

#include <QPushButton>

namespace kindling {

using namespace Qt::StringLiterals;

SessionPane::SessionPane(const ItemSubject& subject, QWidget* parent)
    : ItemPane(subject, parent)
    , m_notebook(page()->addButton(u"openNotebook"_s, tr("Open &notebook")))
    , m_copy(page()->addButton(u"copyItem"_s, tr("New one &like this…")))
    , m_restartPython(page()->addButton(u"restartPython"_s, tr("Restart &Python…")))
    , m_delete(page()->addButton(u"deleteItem"_s, tr("&Delete…")))
{
    setObjectName("sessionPane"_L1);
    makePrimary(m_notebook);
    connect(m_notebook, &QPushButton::clicked, this, [this] { Q_EMIT notebookRequested(this->key()); });
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(this->key(), last().item); });
    connect(m_restartPython, &QPushButton::clicked, this, [this] { Q_EMIT pythonRestartRequested(this->key()); });
    connect(m_delete, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested({ this->key() }); });
    refresh();
}

QString SessionPane::title() const
{
    return tr("Session %1 %2").arg(key().id, last().item.name).left(300).simplified();
}

QList<PageFact> SessionPane::facts() const
{
    const SparkItem& item = last().item;
    QString kind = item.kindText;
    if (item.kind() != Kind::Unknown)
        kind = kindWord(item.kind());
    return QList<PageFact>{ { tr("Kind"), kind, {}, {} } } + originFacts() + resourceFacts();
}

void SessionPane::updateButtons()
{
    m_notebook->setEnabled(isPresent() && last().item.state.isAlive());
    m_copy->setEnabled(server() && last().seen.isValid());
    m_restartPython->setVisible(server() && server()->canRestartPython());
    m_restartPython->setEnabled(isPresent() && last().item.state.isAlive() && last().item.state.value != ItemStateValue::Starting);
    m_delete->setEnabled(isPresent() && !last().isDeleting);
}

} // namespace kindling
