// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <memory>

class QObject;
class QWidget;

namespace kindling {

/// A yes-or-no question about an act. `acceptText` is the act itself ("Delete session"), never "OK".
struct Question {
    QString title;
    QString text;   ///< what will happen, and to whom
    QString detail; ///< lines below, smaller
    QString acceptText;
    bool isDestructive = false; ///< Cancel is the default button
    QString wholeText = {}; ///< all that is meant, where `text` names but some; shown on demand
};

/// A file to be chosen. `filter` as QFileDialog wants it.
struct FileQuestion {
    QString title;
    QString folder;   ///< or a full path to propose
    QString filter;
    QString suffix;   ///< added to a name without one when saving
};

/// The seam to everything modal, so that tests can answer. All calls return at once; the answer comes later, once,
/// and not at all after `context` died.
class Dialogs {
public:
    Dialogs() = default;
    Dialogs(const Dialogs&) = delete;
    Dialogs& operator=(const Dialogs&) = delete;
    virtual ~Dialogs() = default;

    virtual void confirm(QWidget* parent, const Question& question, QObject* context, std::function<void(bool)> answer) = 0;
    /// The path, empty = none chosen.
    virtual void askOpenFile(QWidget* parent, const FileQuestion& question, QObject* context, std::function<void(QString)> answer) = 0;
    virtual void askSaveFile(QWidget* parent, const FileQuestion& question, QObject* context, std::function<void(QString)> answer) = 0;
};

/// Qt's message boxes and the system's file dialogs.
[[nodiscard]] std::unique_ptr<Dialogs> makeNativeDialogs();

} // namespace kindling
