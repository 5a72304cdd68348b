// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recordnotice.h"

#include "app/storage/recorder.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"

namespace kindling {

RecordNotice::RecordNotice(const Recorder* recorder, MessageBar* messages)
    : QObject(messages)
    , m_recorder(recorder)
    , m_messages(messages)
{
    connect(recorder, &Recorder::problemChanged, this, &RecordNotice::update);
    update();
}

void RecordNotice::update()
{
    const Error& problem = m_recorder->problem();
    const QString& aside = m_recorder->setAside();
    if (problem.kind != ErrorKind::Cancelled) {
        m_messages->showProblem(tr("Nothing is being recorded: %1").arg(errorTitle(problem)), problem.detail);
    } else if (!aside.isEmpty() && aside != m_told) {
        m_told = aside;
        m_messages->showInfo(tr("The damaged record file was put aside: %1").arg(aside));
    } else if (m_messages->isProblem()) {
        m_messages->dismiss();
    }
}

} // namespace kindling
