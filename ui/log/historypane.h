// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/kind.h"
#include "app/storage/records.h"
#include "ui/common/outputwidgets.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace kindling {

class EmptyState;
class HistoryModel;
class MessageBar;
class Recorder;
class StatementBrowser;
struct RecordedStatement;

/// Every statement ever recorded, over all servers: searched, read with what it gave, and used again.
class HistoryPane final : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive this.
    HistoryPane(HistoryModel* model, Recorder& recorder, OutputWidgets outputs, QWidget* parent = nullptr);

Q_SIGNALS:
    /// This code is wanted in a notebook.
    void insertRequested(const QString& code, kindling::Kind kind);
    /// `life`: which of those that had its id.
    void itemActivated(const kindling::ItemKey& key, kindling::LifeNumber life);

private:
    QWidget* makeBar();
    QPushButton* barButton(const char* name, const QString& label, const QString& toolTip);
    QWidget* makeBody(OutputWidgets outputs);
    void setupTable();
    /// nullptr = none is selected
    [[nodiscard]] const RecordedStatement* current() const;
    void onCurrentChanged();
    void insertCurrent();
    void copyCurrent();
    void openCurrent();
    void updateState();

    HistoryModel* m_model;
    Recorder& m_recorder;
    QLineEdit* m_search = nullptr;
    QPushButton* m_insert = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_open = nullptr;
    MessageBar* m_messages = nullptr;
    QStackedLayout* m_stack = nullptr;
    StatementBrowser* m_browser = nullptr;
    EmptyState* m_empty = nullptr;
};

} // namespace kindling
