// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/interpreter.h"

namespace kindling::test {

/// A driver that is ready in the event loop's next turn and ends each statement in the one after it was asked.
class EchoDriver final : public local::Interpreter {
    Q_OBJECT
public:
    EchoDriver()
    {
        later([this] { Q_EMIT becameReady({}); });
    }
    void execute(int id, const QString&, const QString&) override
    {
        later([this, id] { Q_EMIT finished(id, R"({"status":"ok","execution_count":0,"data":{"text/plain":"2"}})", false); });
    }
    void cancel(int) override { }
    void complete(int request, const local::CompletionRequest&) override
    {
        later([this, request] { Q_EMIT completed(request, {}); });
    }
    void add(int request, local::ResourceKind, const QString&) override
    {
        later([this, request] { Q_EMIT added(request, {}); });
    }
    void addUpload(int request, local::ResourceKind kind, const local::UploadedFile& file) override { add(request, kind, file.name); }
    void restartPython() override { }
    void stop() override
    {
        later([this] { Q_EMIT ended(); });
    }

private:
    void later(std::function<void()> act) { QMetaObject::invokeMethod(this, std::move(act), Qt::QueuedConnection); }
};

} // namespace kindling::test
