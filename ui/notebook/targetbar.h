// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace kindling {

class ElidedLabel;
class QuietCombo;
class RoleLabel;
class Server;
class Workspace;
struct TrackedItem;

/// The bar above a notebook: where it runs, how that is, and the acts on it.
class TargetBar final : public QWidget {
    Q_OBJECT
public:
    explicit TargetBar(Workspace* workspace, QWidget* parent = nullptr);

    void setTarget(const ServerId& server, const QString& session);
    [[nodiscard]] const ServerId& server() const { return m_server; }
    [[nodiscard]] const QString& session() const { return m_session; }
    void setRunning(bool isRunning);
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void targetChanged();
    void newSessionRequested(const kindling::ServerId& server);
    void runCellClicked();
    void runAllClicked();
    void interruptClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Choice {
        QString id;
        QString text;
        int glyph = 0;

        friend bool operator==(const Choice&, const Choice&) = default;
    };

    void setUpCombos();
    void setUpButtons();
    void setUpRow();
    void follow(Server* server);
    void refresh();
    void refreshServers();
    void refreshTarget();
    void refreshSessions();
    void listSessions();
    void refreshHint();
    /// Leaves out labels and words until the rest has room, the hint included.
    void fitWords();
    void measureWords();
    void chooseServer(int index);
    void chooseSession(int index);
    void showSessions(const QList<Choice>& choices);
    [[nodiscard]] static Choice choiceOf(const QString& session, const TrackedItem* item);
    [[nodiscard]] const TrackedItem* chosenItem() const;

    Workspace* m_workspace;
    ServerId m_server;
    QString m_session;
    QList<Choice> m_serverChoices;
    QList<Choice> m_sessionChoices; ///< the chosen one alone until all are wanted: there may be thousands
    QLabel* m_serverLabel;
    QuietCombo* m_servers;
    QLabel* m_sessionLabel;
    QuietCombo* m_sessions;
    ElidedLabel* m_hint;
    QPushButton* m_runCell;
    QPushButton* m_runAll;
    QPushButton* m_interrupt;
    QPushButton* m_newSession;
    int m_withWords = 0;    ///< the width of the buttons that may do without
    int m_withoutWords = 0; ///< theirs without
};

} // namespace kindling
