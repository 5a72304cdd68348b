// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recordfields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, RunState>, 10> runWords{ {
    { "queued"_L1, RunState::Queued },
    { "submitting"_L1, RunState::Submitting },
    { "unconfirmed"_L1, RunState::Unconfirmed },
    { "waiting"_L1, RunState::Waiting },
    { "running"_L1, RunState::Running },
    { "cancelling"_L1, RunState::Cancelling },
    { "finished"_L1, RunState::Finished },
    { "failed"_L1, RunState::Failed },
    { "cancelled"_L1, RunState::Cancelled },
    { "lost"_L1, RunState::Lost },
} };

constexpr std::array<std::pair<QLatin1StringView, OwnAct::What>, 7> actWords{ {
    { "create"_L1, OwnAct::What::Create },
    { "remove"_L1, OwnAct::What::Remove },
    { "run"_L1, OwnAct::What::RunStatement },
    { "cancel"_L1, OwnAct::What::CancelStatement },
    { "keep-alive"_L1, OwnAct::What::KeepAlive },
    { "stop"_L1, OwnAct::What::Stop },
    { "restart-python"_L1, OwnAct::What::RestartPython },
} };

template<typename Words, typename Value>
QString wordOf(const Words& words, Value value)
{
    const auto at = std::ranges::find(words, value, &Words::value_type::second);
    return at == words.end() ? QString() : QString(at->first);
}

template<typename Words>
auto valueOf(const Words& words, QStringView word, typename Words::value_type::second_type otherwise)
{
    const auto at = std::ranges::find_if(words, [word](const auto& each) { return each.first == word; });
    return at == words.end() ? otherwise : at->second;
}
}

QString toField(RunState state)
{
    return wordOf(runWords, state);
}

RunState runStateFromField(QStringView field)
{
    return valueOf(runWords, field, RunState::Lost);
}

QString toField(OwnAct::What what)
{
    return wordOf(actWords, what);
}

OwnAct::What actFromField(QStringView field)
{
    return valueOf(actWords, field, OwnAct::What::Create);
}

} // namespace kindling
