// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/local/recording.h"
#include "tests/local/scripteddriver.h"

namespace kindling::test {

/// Asks our tables what a real server was asked, one request after another. Before each it plays the drivers to where the
/// recorded answer shows the real ones to have been; ids are translated.
class Replay final {
public:
    [[nodiscard]] local::HttpResponse answer(const Record& record);

private:
    void prepareSession(const Record& record, const QString& act);
    void prepareBatch(const Record& record);
    void reach(const QString& state);
    void settle(const QJsonValue& statement);
    void advanceUntilItEnds();
    void runStatements(int count);
    [[nodiscard]] QString stateOfSession();

    ScriptedServer m_server;
    QMap<int, int> m_sessions; ///< the recorded id → ours
    QMap<int, int> m_batches;
    int m_id = -1; ///< our id of the session or batch in question
    QPointer<ScriptedDriver> m_driver;
};

} // namespace kindling::test
