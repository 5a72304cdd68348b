// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/access.h"
#include "app/local/batchtable.h"

namespace kindling::local {

/// Livy's endpoints over the two tables: checks who asks, finds the route, answers in Livy's shapes (livy-protocol 1, 5).
class Router final : public QObject {
    Q_OBJECT
public:
    /// The tables outlive the router. `sparkVersion` is an extra of GET /version.
    Router(Access access, SessionTable& sessions, BatchTable& batches, QString sparkVersion, QObject* parent = nullptr);

    /// Whether `handle` would refuse who asks, told before a body is there.
    [[nodiscard]] std::optional<HttpResponse> refusal(const HttpRequest& request) const;
    void handle(const HttpRequest& request, const Responder& respond);

private:
    using Handler = void (Router::*)(const HttpRequest&, const Responder&);
    struct Route {
        QByteArray method;
        QStringList path; ///< "*" takes any segment
        Handler handler;
    };
    void route(const char* method, const QString& path, Handler handler);
    void setupPages();
    void setupRoutes();
    /// The session that the path names; asking for it is its heartbeat.
    [[nodiscard]] Parsed<Session*> sessionOf(const HttpRequest& request) const;
    [[nodiscard]] HttpResponse methodRefusal(const QStringList& path) const;

    void redirectToUi(const HttpRequest& request, const Responder& respond);
    void ui(const HttpRequest& request, const Responder& respond);
    void metricsMenu(const HttpRequest& request, const Responder& respond);
    void metrics(const HttpRequest& request, const Responder& respond);
    void ping(const HttpRequest& request, const Responder& respond);
    void version(const HttpRequest& request, const Responder& respond);
    void listSessions(const HttpRequest& request, const Responder& respond);
    void createSession(const HttpRequest& request, const Responder& respond);
    void showSession(const HttpRequest& request, const Responder& respond);
    void connectSession(const HttpRequest& request, const Responder& respond);
    void sessionState(const HttpRequest& request, const Responder& respond);
    void sessionLog(const HttpRequest& request, const Responder& respond);
    void deleteSession(const HttpRequest& request, const Responder& respond);
    void stopSession(const HttpRequest& request, const Responder& respond);
    void listStatements(const HttpRequest& request, const Responder& respond);
    void showStatement(const HttpRequest& request, const Responder& respond);
    void runStatement(const HttpRequest& request, const Responder& respond);
    void cancelStatement(const HttpRequest& request, const Responder& respond);
    void restartPython(const HttpRequest& request, const Responder& respond);
    void completeCode(const HttpRequest& request, const Responder& respond);
    void addResource(const HttpRequest& request, const Responder& respond);
    void uploadResource(const HttpRequest& request, const Responder& respond);
    void refuseJob(const HttpRequest& request, const Responder& respond);
    void showJob(const HttpRequest& request, const Responder& respond);
    void listBatches(const HttpRequest& request, const Responder& respond);
    void createBatch(const HttpRequest& request, const Responder& respond);
    void showBatch(const HttpRequest& request, const Responder& respond);
    void batchState(const HttpRequest& request, const Responder& respond);
    void batchLog(const HttpRequest& request, const Responder& respond);
    void deleteBatch(const HttpRequest& request, const Responder& respond);

    Access m_access;
    SessionTable& m_sessions;
    BatchTable& m_batches;
    QString m_sparkVersion;
    QList<Route> m_routes;
};

} // namespace kindling::local
