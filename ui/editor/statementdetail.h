// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/requesthandle.h"
#include "app/storage/observation.h"
#include "ui/common/outputwidgets.h"

#include <QScrollArea>

class QVBoxLayout;

namespace kindling {

class CodeEditor;
class Recorder;
class RoleLabel;

/// One statement to be read: when it ran, all of its code, what it gave or why it failed.
class StatementDetail final : public QScrollArea {
    Q_OBJECT
public:
    explicit StatementDetail(OutputWidgets outputs, QWidget* parent = nullptr);

    void showStatement(const StatementSeen& statement);
    /// The same, with the output that the records have under this number.
    void showRecorded(const StatementSeen& statement, Recorder& recorder, qint64 number);
    void clear();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show(const StatementSeen& statement);
    void showOutput(const StatementSeen& statement);
    /// A sentence where the output would be: it is on its way, or was not kept. Empty = none.
    void setNote(const QString& note);
    void fitCode();

    OutputWidgets m_makeOutput;
    RequestHandle m_reading;
    QVBoxLayout* m_column;
    RoleLabel* m_facts;
    CodeEditor* m_code;
    RoleLabel* m_problem;
    RoleLabel* m_note;
    QWidget* m_output = nullptr;
};

} // namespace kindling
