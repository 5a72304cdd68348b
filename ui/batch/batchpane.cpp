// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchpane.h"

#include "ui/common/lockwords.h"
#include "ui/common/overflowrow.h"
#include "ui/common/plaintooltip.h"

#include <QPushButton>

namespace kindling {

using namespace Qt::StringLiterals;

BatchPane::BatchPane(const ItemSubject& subject, QWidget* parent)
    : ItemPane(subject, parent)
    , m_copy(page()->addButton(u"copyItem"_s, tr("Edit and &resubmit…"), OverflowRow::always))
    , m_delete(page()->addButton(u"deleteItem"_s, tr("&Delete…"), 4))
{
    setObjectName("batchPane"_L1);
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(this->key(), last().item, recordedLife()); });
    connect(m_delete, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested({ this->key() }); });
    refresh();
}

QString BatchPane::title() const
{
    return tr("Batch %1 %2").arg(key().id, last().item.name).left(300).simplified();
}

QList<PageFact> BatchPane::facts() const
{
    return originFacts() + resourceFacts() + QList<PageFact>{ { tr("Last words"), last().item.log.toStringList().join(u'\n'), {}, {} } };
}

void BatchPane::updateButtons()
{
    const QString why = server() ? readOnlyWords(*server()) : QString();
    m_copy->setEnabled(server() && last().seen.isValid() && why.isEmpty());
    m_delete->setEnabled(isPresent() && !last().isDeleting && why.isEmpty());
    // Livy has no other way to end a batch
    m_delete->setText(isPresent() && last().item.state.isAlive() ? tr("Stop and &delete…") : tr("&Delete…"));
    m_delete->setAccessibleName(m_delete->text().remove(u'&'));
    for (QPushButton* button : { m_copy, m_delete })
        button->setToolTip(plainToolTip(why));
}

} // namespace kindling
