// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace kindling {

class MessageBar;
class Recorder;

/// Tells when nothing is recorded, and when a damaged file of records was put aside.
class RecordNotice final : public QObject {
    Q_OBJECT
public:
    RecordNotice(const Recorder* recorder, MessageBar* messages);

private:
    void update();

    const Recorder* m_recorder;
    MessageBar* m_messages;
    QString m_told; ///< where a damaged file went, once told
};

} // namespace kindling
