// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/dialogs.h"

namespace kindling::test {

/// Chooses the file that a test laid down, whatever is to be saved.
class SavingDialogs final : public Dialogs {
public:
    void confirm(QWidget*, const Question&, QObject*, std::function<void(bool)>) override { }
    void askOpenFile(QWidget*, const FileQuestion&, QObject*, std::function<void(QString)>) override { }
    void askSaveFile(QWidget*, const FileQuestion& question, QObject*, std::function<void(QString)> answer) override
    {
        proposed = question.folder;
        answer(path);
    }
    QString path;
    QString proposed;
};

} // namespace kindling::test
