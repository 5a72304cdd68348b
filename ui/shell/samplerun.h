// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QObject>
#include <QString>

namespace kindling {

class MainWindow;
class NotebookPane;
struct Services;

/// Opens the sample notebook and attaches it to Local Spark, through the same code as a person's clicks.
/// With a screenshot path it also runs all cells, writes the picture and ends the program: 0 = every cell but the last,
/// which fails on purpose, ran well.
class SampleRun final : public QObject {
    Q_OBJECT
public:
    SampleRun(const Services& services, MainWindow* window, QString screenshotPath);

    void start();

private:
    void createSession();
    void onSessionCreated(const ItemKey& key);
    void onFinished();
    [[nodiscard]] bool hasExpectedOutputs() const;
    void end(int exitCode, const QString& message);

    const Services& m_services;
    MainWindow* m_window;
    QString m_screenshotPath; ///< empty = stay open
    NotebookPane* m_pane = nullptr;
    bool m_hasAskedForSession = false;
};

} // namespace kindling
