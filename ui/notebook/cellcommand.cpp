// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellcommand.h"

#include <QKeyEvent>

#include <utility>

namespace kindling {

namespace {

std::optional<CellCommand> enterCommand(Qt::KeyboardModifiers modifiers)
{
    if (modifiers == Qt::ShiftModifier)
        return CellCommand::RunAndNext;
    if (modifiers == Qt::ControlModifier)
        return CellCommand::Run;
    if (modifiers == Qt::AltModifier)
        return CellCommand::RunAndInsert;
    return {};
}

std::optional<CellCommand> plainCommand(int key)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return CellCommand::Edit;
    case Qt::Key_Up:
    case Qt::Key_K: return CellCommand::Previous;
    case Qt::Key_Down:
    case Qt::Key_J: return CellCommand::Next;
    case Qt::Key_A: return CellCommand::InsertAbove;
    case Qt::Key_B: return CellCommand::InsertBelow;
    case Qt::Key_M: return CellCommand::ToMarkdown;
    case Qt::Key_Y: return CellCommand::ToCode;
    case Qt::Key_Z: return CellCommand::Undo;
    default: return {};
    }
}

bool isEnter(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

}

std::optional<CellCommand> editModeCommand(const QKeyEvent& event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_Escape && modifiers == Qt::NoModifier)
        return CellCommand::LeaveEdit;
    return isEnter(event) ? enterCommand(modifiers) : std::nullopt;
}

CommandKeys::Answer CommandKeys::take(const QKeyEvent& event)
{
    const bool hadFirstD = std::exchange(m_hasFirstD, false);
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    std::optional<CellCommand> command;
    if (isEnter(event) && modifiers != Qt::NoModifier) {
        command = enterCommand(modifiers);
    } else if (modifiers == Qt::NoModifier && event.key() == Qt::Key_D) {
        if (!hadFirstD) {
            m_hasFirstD = !event.isAutoRepeat();
            return { .isUsed = true, .command = {} };
        }
        command = CellCommand::Remove;
    } else if (modifiers == Qt::NoModifier) {
        command = plainCommand(event.key());
    }
    return { .isUsed = command.has_value(), .command = command };
}

} // namespace kindling
