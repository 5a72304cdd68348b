// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/states.h"

#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, ItemStateValue>, 11> itemWords{ {
    { "not_started"_L1, ItemStateValue::NotStarted },
    { "starting"_L1, ItemStateValue::Starting },
    { "recovering"_L1, ItemStateValue::Recovering },
    { "idle"_L1, ItemStateValue::Idle },
    { "running"_L1, ItemStateValue::Running },
    { "busy"_L1, ItemStateValue::Busy },
    { "shutting_down"_L1, ItemStateValue::ShuttingDown },
    { "error"_L1, ItemStateValue::Error },
    { "dead"_L1, ItemStateValue::Dead },
    { "killed"_L1, ItemStateValue::Killed },
    { "success"_L1, ItemStateValue::Success },
} };

constexpr std::array<std::pair<QLatin1StringView, StatementState>, 5> statementWords{ {
    { "waiting"_L1, StatementState::Waiting },
    { "running"_L1, StatementState::Running },
    { "available"_L1, StatementState::Available },
    { "cancelling"_L1, StatementState::Cancelling },
    { "cancelled"_L1, StatementState::Cancelled },
} };
}

ItemState ItemState::fromWire(const QString& text)
{
    for (const auto& [word, value] : itemWords) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return { value, text };
    }
    return { ItemStateValue::Unknown, text };
}

bool ItemState::isAlive() const
{
    return !isEnded();
}

bool ItemState::isEnded() const
{
    switch (value) {
    case ItemStateValue::ShuttingDown:
    case ItemStateValue::Dead:
    case ItemStateValue::Killed:
    case ItemStateValue::Success:
        return true;
    case ItemStateValue::NotStarted:
    case ItemStateValue::Starting:
    case ItemStateValue::Recovering:
    case ItemStateValue::Idle:
    case ItemStateValue::Running:
    case ItemStateValue::Busy:
    case ItemStateValue::Error:
    case ItemStateValue::Unknown:
        return false;
    }
    return false;
}

bool ItemState::acceptsStatements() const
{
    switch (value) {
    case ItemStateValue::Idle:
    case ItemStateValue::Busy:
    case ItemStateValue::Running:
    case ItemStateValue::Error: // one interpreter died; the other kinds still run
        return true;
    case ItemStateValue::NotStarted:
    case ItemStateValue::Starting:
    case ItemStateValue::Recovering:
    case ItemStateValue::ShuttingDown:
    case ItemStateValue::Dead:
    case ItemStateValue::Killed:
    case ItemStateValue::Success:
    case ItemStateValue::Unknown:
        return false;
    }
    return false;
}

StateRole roleOf(const ItemState& state, bool isDamaged)
{
    if (isDamaged && state.isAlive())
        return StateRole::Damaged;
    switch (state.value) {
    case ItemStateValue::Idle:
        return StateRole::Idle;
    case ItemStateValue::Running:
    case ItemStateValue::Busy:
        return StateRole::Active;
    case ItemStateValue::Starting:
    case ItemStateValue::Recovering:
        return StateRole::Starting;
    case ItemStateValue::NotStarted:
    case ItemStateValue::Unknown:
        return StateRole::Waiting;
    case ItemStateValue::Error:
    case ItemStateValue::Dead:
        return StateRole::Bad;
    case ItemStateValue::Success:
        return StateRole::Success;
    case ItemStateValue::ShuttingDown:
    case ItemStateValue::Killed:
        return StateRole::Stopped;
    }
    return StateRole::Waiting;
}

StatementState statementStateFromWire(QStringView text)
{
    for (const auto& [word, value] : statementWords) {
        if (text == word)
            return value;
    }
    return StatementState::Unknown;
}

QString wireName(StatementState state)
{
    for (const auto& [word, value] : statementWords) {
        if (value == state)
            return word;
    }
    return {};
}

bool isTerminal(StatementState state)
{
    return state == StatementState::Available || state == StatementState::Cancelled;
}

bool isTerminal(RunState state)
{
    return state >= RunState::Finished;
}

} // namespace kindling
