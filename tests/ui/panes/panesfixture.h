// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"

#include <QWidget>

#include <map>

namespace kindling::test {

/// A workspace over fake servers on a fake clock.
class PanesFixture {
public:
    PanesFixture();

    /// A Livy server that is online as soon as the clock goes on.
    Server* addServer(const ServerId& id, const QString& name);
    void removeServer(const ServerId& id);
    [[nodiscard]] FakeSparkApi::State& state(const ServerId& id) { return *m_states.at(id); }
    /// For an api of another workspace.
    [[nodiscard]] std::shared_ptr<FakeSparkApi::State> sharedState(const ServerId& id) const { return m_states.at(id); }
    [[nodiscard]] const QList<ServerProfile>& profiles() const { return m_profiles; }
    /// Lets the servers be asked once more.
    void poll();

    FakeClock clock;

private:
    std::map<ServerId, std::shared_ptr<FakeSparkApi::State>> m_states;
    QList<ServerProfile> m_profiles;

public:
    Workspace workspace;
};

/// What the drawings show: three servers, sessions and batches in every state.
void fillLikeTheDrawing(PanesFixture& fixture);

/// What those servers say, and what Spark calls by one name in every language; no text of ours.
[[nodiscard]] QStringList drawnWords();

/// 10 kB with line ends, markup, controls and right-to-left text.
[[nodiscard]] QString hostileName();

template<typename T>
T* child(const QWidget& parent, const QString& name)
{
    T* found = parent.findChild<T*>(name);
    if (found == nullptr)
        qFatal("no child named %s", qUtf8Printable(name));
    return found;
}

} // namespace kindling::test
