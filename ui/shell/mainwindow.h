// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "ui/shell/windowactions.h"

#include <QMainWindow>

class QDockWidget;

namespace kindling {

class BottomDocks;
class CentralTabs;
class ItemDesk;
class MessageBar;
class NavigatorPane;
class NotebookDesk;
class ServerDesk;
struct Services;

/// The window: puts panes, docks, menus and desks together, and knows nothing of what they do.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Services& services, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] NotebookDesk* notebooks() const { return m_notebooks; }
    [[nodiscard]] ServerDesk* servers() const { return m_servers; }
    [[nodiscard]] ItemDesk* items() const { return m_items; }
    /// What the last start left: unsaved notebooks, open files. Call once, after show().
    void restoreWork(const QStringList& files);
    /// Tells the user something above the tabs.
    void showProblem(const QString& text);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* makeCentre();
    QDockWidget* makeNavigator();
    void setupNotices();
    void openPalette();
    void setupLayout();
    void connectDesks();
    void connectNavigator();
    void connectActions();
    void connectWelcome();
    void updateActions();
    void closeTab(int index);
    void openNotebookOn(const ItemKey& key);
    void onSessionCreated(const ItemKey& key, QObject* asker);
    [[nodiscard]] bool asksBeforeClosing();
    void checkColorScheme();

    const Services& m_services;
    MessageBar* m_messages = nullptr;
    CentralTabs* m_tabs = nullptr;
    NotebookDesk* m_notebooks = nullptr;
    ServerDesk* m_servers = nullptr;
    ItemDesk* m_items = nullptr;
    NavigatorPane* m_navigator = nullptr;
    BottomDocks* m_docks = nullptr;
    WindowActions m_actions{};
    bool m_isCloseConfirmed = false;
};

} // namespace kindling
