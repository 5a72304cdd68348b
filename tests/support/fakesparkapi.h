// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/ids.h"
#include "app/livy/sparkapi.h"


#include <functional>
#include <memory>
#include <optional>

namespace kindling::test {

/// What a scripted request gives: an answer, an error, or (nullopt) never anything.
template<typename T>
using Script = std::optional<Result<T>>;

/// A server on a clock: answers after `latency`, from the lists in `state` unless a script is set; every request is
/// kept in `calls` ("GET sessions 0 100", "POST statements 3", …).
class FakeSparkApi final : public SparkApi {
public:
    /// Outlives the api, so that a test can look at it after the engine has taken the api.
    struct State {
        QStringList calls;
        Clock::Duration latency{ 5 };
        QList<SparkItem> sessions;
        QList<SparkItem> batches;
        QList<Statement> statements; ///< what list() gives
        bool hasBatches = true;
        bool hasStatements = true;
        bool hasPython = false; ///< of its own, as Local Spark has
        int droppedConnections = 0; ///< how often it was told to
        std::optional<Error> outage; ///< answers everything with it
        std::function<Script<ServerVersion>()> onVersion;
        std::function<Script<ItemPage>(ItemType, int from, int size)> onList;
        std::function<Script<SparkItem>(ItemType, const QString& name)> onCreate;
        std::function<Script<Done>(ItemType, const QString& id)> onRemove;
        std::function<Script<Statement>(const QString& code)> onRun;
        std::function<Script<Statement>(int statement)> onFetch;
        std::function<Script<qint64>(int statement, const AnswerTarget& target)> onSave;
        std::function<Script<StatementPage>()> onListStatements;
        std::function<Script<Done>(int statement)> onCancel;
        std::function<Script<LogSlice>(ItemType)> onLog;

        [[nodiscard]] int countOf(const QString& prefix) const;
    };

    FakeSparkApi(Clock& clock, std::shared_ptr<State> state);
    ~FakeSparkApi() override;

    RequestHandle version(QObject* context, Reply<ServerVersion> reply) override;
    [[nodiscard]] SessionsFacet* sessions() override;
    [[nodiscard]] SessionFilesFacet* sessionFiles() override;
    [[nodiscard]] StatementsFacet* statements() override;
    [[nodiscard]] PythonFacet* python() override;
    [[nodiscard]] BatchesFacet* batches() override;
    [[nodiscard]] LogsFacet* logs() override;
    [[nodiscard]] QByteArray preview(const NewSession&) const override { return "{}"; }
    [[nodiscard]] QByteArray preview(const NewBatch&) const override { return "{}"; }
    void dropConnections() override;

private:
    class Facets;
    std::unique_ptr<Facets> m_facets;
};

/// An item in short; owner and app id empty.
[[nodiscard]] SparkItem sparkItem(const QString& id, const QString& state, const QString& name = {});
/// A statement in short.
[[nodiscard]] Statement statement(int id, StatementState state, const QString& code = {});
[[nodiscard]] Output okOutput(const QByteArray& text);
[[nodiscard]] Output errorOutput(const QString& name, const QString& value);
[[nodiscard]] Error errorOf(ErrorKind kind);

} // namespace kindling::test
