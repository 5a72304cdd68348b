// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/statementwatch.h"
#include "app/models/statementsmodel.h"
#include "ui/common/itempane.h"
#include "ui/common/outputwidgets.h"

class QPushButton;
class QStackedLayout;

namespace kindling {

class AnswerSaving;
class EmptyState;
class MessageBar;
class RoleLabel;
class StatementBrowser;

/// The statements of one session: as recorded, and while a person has attached to the session as its server lists them.
/// Attaching is an act of its own, since it renews the session's heartbeat; it lasts while the page is seen.
class StatementsPage final : public QWidget {
    Q_OBJECT
public:
    StatementsPage(const ItemSubject& subject, OutputWidgets outputs, QWidget* parent = nullptr);
    ~StatementsPage() override;

    /// Which life the records are asked for; negative = they know none.
    void setLife(LifeNumber life);
    /// Can its server be asked?
    void setAttachable(bool isAttachable);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeBar(bool canSave);
    QWidget* makeBody(OutputWidgets outputs);
    /// By whose clock times are told.
    void setupTable(QPointer<Server> server);
    void attach(bool isOn);
    void updateWatch();
    void readRecords();
    void showRecorded(const QList<RecordedStatement>& newestFirst);
    void onCurrentChanged();
    void updateState();
    void describeEmptiness();
    /// Of the statement that is shown, as its server has it.
    void saveAnswer();
    [[nodiscard]] bool isReading() const;

    QPointer<Server> m_server;
    Recorder* m_recorder;
    QString m_session;
    LifeNumber m_life = 0; ///< 0 = not known yet
    bool m_isAttachable = false;
    bool m_isCut = false; ///< more were recorded than are here
    QPointer<StatementWatch> m_watch; ///< null = not attached, or out of sight
    StatementsModel* m_model;
    std::optional<StatementRow> m_shown;
    RequestHandle m_reading;
    QPushButton* m_attach = nullptr;
    QPushButton* m_save = nullptr; ///< null = no file can be asked for
    AnswerSaving* m_saving = nullptr;
    RoleLabel* m_source = nullptr;
    MessageBar* m_messages = nullptr;
    QStackedLayout* m_stack = nullptr;
    StatementBrowser* m_browser = nullptr;
    EmptyState* m_empty = nullptr;
};

} // namespace kindling
