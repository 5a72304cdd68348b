// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/notebook/notebookdocument.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"
#include "tests/ui/savingdialogs.h"
#include "ui/notebook/notebookpane.h"

#include <memory>

namespace kindling::test {

/// A notebook pane on a scripted server "prod" with an idle session "12 etl-ann" and a busy "13 adhoc".
class NotebookBench {
public:
    explicit NotebookBench(const QList<std::pair<Kind, QString>>& cells = {})
        : workspace([this](const ServerProfile&) { return std::make_unique<FakeSparkApi>(clock, state); }, clock)
    {
        using namespace Qt::StringLiterals;
        state->sessions = { sparkItem(u"12"_s, u"idle"_s, u"etl-ann"_s), sparkItem(u"13"_s, u"busy"_s, u"adhoc"_s) };
        workspace.setProfiles({ profile() });
        workspace.server(u"s"_s)->start();
        clock.advance(std::chrono::milliseconds(100));
        for (const auto& [kind, source] : cells)
            document.insertCell(document.cellCount(), CellType::Code, kind, source);
        document.undoStack()->clear();
        pane = std::make_unique<NotebookPane>(&document, &workspace, &dialogs);
        pane->resize(1000, 700);
    }

    [[nodiscard]] static ServerProfile profile()
    {
        using namespace Qt::StringLiterals;
        ServerProfile one;
        one.id = u"s"_s;
        one.name = u"prod"_s;
        one.url = QUrl(u"http://prod.example:8998"_s);
        return one;
    }
    void attach() { pane->setTarget(QStringLiteral("s"), QStringLiteral("12")); }
    void advance(std::chrono::milliseconds by = std::chrono::milliseconds(50)) { clock.advance(by); }

    FakeClock clock;
    std::shared_ptr<FakeSparkApi::State> state = std::make_shared<FakeSparkApi::State>();
    Workspace workspace;
    NotebookDocument document;
    SavingDialogs dialogs;
    std::unique_ptr<NotebookPane> pane;
};

} // namespace kindling::test
