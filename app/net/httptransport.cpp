// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"

#include "app/net/credentialgate.h"
#include "app/net/gatewayanswer.h"
#include "app/net/networkcall.h"
#include "app/net/networkerror.h"
#include "app/net/readlanes.h"
#include "app/net/systemproxies.h"

#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QPointer>

#include <cctype>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype sampleBytes = 2048;
constexpr std::chrono::seconds betweenPlaces{ 2 };
constexpr qsizetype shortestSecret = 4; ///< replacing less would garble the text and hide nothing
constexpr qsizetype surelySecret = 12;  ///< never there by chance; escapes (\n, %20) may stick to it

QString originOf(const QUrl& url)
{
    return url.scheme() + u"://"_s + url.host() + u':' + QString::number(url.port(url.scheme() == "https"_L1 ? 443 : 80));
}

bool isWordAt(const QByteArray& text, qsizetype at)
{
    return at >= 0 && at < text.size() && (std::isalnum(static_cast<unsigned char>(text.at(at))) != 0 || text.at(at) == '_');
}

void hide(QByteArray& text, const QByteArray& secret)
{
    if (secret.size() < shortestSecret)
        return;
    QByteArray clean;
    qsizetype kept = 0;
    for (qsizetype at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at)) {
        const qsizetype end = at + secret.size();
        if (secret.size() < surelySecret && (isWordAt(text, at - 1) || isWordAt(text, end))) {
            ++at;
            continue;
        }
        clean += QByteArrayView(text).sliced(kept, at - kept);
        clean += "***";
        kept = at = end;
    }
    text = clean + text.sliced(kept);
}

/// The password in the value of an Authorization header; empty = there is none.
QByteArray passwordIn(const QByteArray& value)
{
    if (!value.startsWith("Basic "))
        return {};
    const QByteArray signIn = QByteArray::fromBase64(value.sliced(6));
    const qsizetype colon = signIn.indexOf(':');
    return colon < 0 ? QByteArray() : signIn.sliced(colon + 1);
}

// The page of a refusal, or of a sign-in, may hold the headers of the request; nobody is to see a secret there.
void hideEchoes(QByteArray& body, const QList<HeaderLine>& secrets)
{
    for (const auto& [name, value] : secrets) {
        hide(body, value);
        hide(body, value.sliced(value.lastIndexOf(' ') + 1)); // without "Bearer"
        hide(body, passwordIn(value));
    }
}

Error signInError(const HttpResponse& response, const QUrl& url, bool wasSignedIn)
{
    Error error;
    error.kind = ErrorKind::SignIn;
    error.httpStatus = response.status;
    error.title = wasSignedIn ? NetworkWords::tr("%1 refused the sign-in.").arg(placeOf(url)) : NetworkWords::tr("%1 asks to sign in.").arg(placeOf(url));
    error.detail = QString::fromLatin1(response.header("WWW-Authenticate"));
    error.url = redacted(url);
    error.bodySample = redactedText(response.body.first(std::min(2 * sampleBytes, response.body.size()))).left(sampleBytes);
    return error;
}
}

class HttpTransport::Private : public QObject {
public:
    Private(ServerId id, std::unique_ptr<CredentialSource> credentials, const Clock& time, RequestLog* requests, const TransportOptions& options)
        : server(std::move(id))
        , clock(time)
        , log(requests)
        , gate(std::move(credentials))
        , wire{ .reader = {}, .cookies = new QNetworkCookieJar(this), .options = options, .trust = TlsTrust(options) }
    {
        connectAnew();
    }

    ~Private() override
    {
        for (auto* call : findChildren<NetworkCall*>())
            call->stop();
    }

    struct Job {
        QPointer<NetworkCall> call;
        QPointer<QObject> context;
        Callback callback;
        QDateTime when;
        Clock::Duration begun{ 0 };
        int pass = 0;
        Credential credential;
        QList<HeaderLine> secrets; ///< what went along
    };

    /// What was under way before keeps the connections that it has.
    void connectAnew();
    void dropConnections();
    void noticeMove();
    void begin(const std::shared_ptr<Job>& job, const Result<CredentialGate::Pass>& pass);
    void start(const std::shared_ptr<Job>& job, const Credential& credential);
    void end(const std::shared_ptr<Job>& job);
    void record(const Job& job, const NetworkCall& call, int status, const QString& problem) const;
    void cancel(const std::shared_ptr<Job>& job);
    static void deliver(const std::shared_ptr<Job>& job, const Result<HttpResponse>& result);

    ServerId server;
    const Clock& clock;
    QPointer<RequestLog> log;
    CredentialGate gate;
    ReadLanes lanes;
    Wire wire;
    QByteArray lastPlace;
    std::optional<Clock::Duration> placeSeen;
    QString origin;
};

void HttpTransport::Private::connectAnew()
{
    // the last who lets go of it may be one of its own signals
    wire.reader = std::shared_ptr<QNetworkAccessManager>(new QNetworkAccessManager, [](QNetworkAccessManager* old) { old->deleteLater(); });
    wire.reader->setCookieJar(wire.cookies);
    wire.cookies->setParent(this);
    setProxies(*wire.reader, wire.options.usesSystemProxy);
}

void HttpTransport::Private::dropConnections()
{
    connectAnew();
    for (NetworkCall* call : findChildren<NetworkCall*>())
        call->sendAgain();
}

// Of a suspended machine or a network gone elsewhere the old connections tell nothing for half a minute each.
void HttpTransport::Private::noticeMove()
{
    if (placeSeen && clock.steady() - *placeSeen < betweenPlaces)
        return;
    const bool isFirst = !placeSeen;
    placeSeen = clock.steady();
    const QByteArray now = wire.options.place();
    if (std::exchange(lastPlace, now) != now && !isFirst)
        dropConnections();
}

void HttpTransport::Private::begin(const std::shared_ptr<Job>& job, const Result<CredentialGate::Pass>& pass)
{
    NetworkCall* const call = job->call;
    if (!call)
        return;
    const QUrl url = call->request().url;
    if (!pass) {
        Error error = pass.error();
        if (error.url.isEmpty())
            error.url = redacted(url);
        deliver(job, std::unexpected(error));
        return;
    }
    const QString place = originOf(url);
    if (origin.isEmpty())
        origin = place;
    if (place != origin) {
        deliver(job, failure(ErrorKind::Rejected, NetworkWords::tr("This connection belongs to %1; nothing is sent to %2.").arg(origin, place)));
        return;
    }
    job->pass = pass->number;
    job->credential = pass->credential;
    job->secrets = pass->credential.headers + wire.options.headers;
    const auto go = [this, job, credential = pass->credential] { start(job, credential); };
    if (call->request().isSafe() && !call->request().sink) // what is saved may take hours
        lanes.enter(job.get(), call->request().lane, go);
    else
        go();
}

void HttpTransport::Private::start(const std::shared_ptr<Job>& job, const Credential& credential)
{
    if (gate.isRefused(job->pass)) {
        // While it waited; sent again and again, a wrong password locks its account.
        QMetaObject::invokeMethod(job->call, [this, job] {
            lanes.leave(job.get());
            HttpResponse refusal;
            refusal.status = 401;
            deliver(job, std::unexpected(signInError(refusal, job->call->request().url, true)));
        }, Qt::QueuedConnection);
        return;
    }
    noticeMove();
    job->when = clock.now();
    job->begun = clock.steady();
    job->call->start(credential);
}

void HttpTransport::Private::end(const std::shared_ptr<Job>& job)
{
    NetworkCall* const call = job->call;
    if (!call)
        return;
    Result<HttpResponse> result = call->takeResult();
    if (result && isSignInRefused(*result))
        gate.refused(job->pass, job->credential);
    lanes.leave(job.get());
    const QUrl url = call->request().url;
    if (result) {
        result->elapsed = clock.steady() - job->begun;
        result->received = clock.now();
        if (result->status >= 400 || isWebPage(*result))
            hideEchoes(result->body, job->secrets + QList<HeaderLine>{ { "Proxy-Authorization", proxyAuthorization(url) } });
    }
    record(*job, *call, result ? result->status : result.error().httpStatus, result ? QString() : result.error().title);
    if (result && result->status == 401)
        result = std::unexpected(signInError(*result, url, job->pass > 0));
    deliver(job, result);
}

void HttpTransport::Private::deliver(const std::shared_ptr<Job>& job, const Result<HttpResponse>& result)
{
    if (job->call)
        job->call->deleteLater();
    job->call.clear();
    const Callback callback = std::exchange(job->callback, {});
    if (callback && job->context)
        callback(result);
}

void HttpTransport::Private::record(const Job& job, const NetworkCall& call, int status, const QString& problem) const
{
    if (!log)
        return;
    const HttpRequest& request = call.request();
    Exchange exchange;
    exchange.server = server;
    exchange.when = job.when;
    exchange.method = request.method;
    exchange.url = request.url;
    exchange.status = status;
    exchange.elapsed = clock.steady() - job.begun;
    exchange.sentBytes = request.body.size();
    exchange.receivedBytes = call.receivedBytes();
    if (request.contentType == "application/json") // an upload is no text, and nobody's business
        exchange.body = request.body;
    exchange.problem = problem;
    log->record(exchange);
}

void HttpTransport::Private::cancel(const std::shared_ptr<Job>& job)
{
    NetworkCall* const call = job->call;
    if (!call || !job->callback)
        return;
    job->callback = {};
    job->call.clear();
    if (job->when.isValid())
        record(*job, *call, 0, NetworkWords::tr("Cancelled."));
    call->disconnect();
    call->deleteLater();
    call->stop();
    lanes.leave(job.get());
}

HttpTransport::HttpTransport(ServerId server, std::unique_ptr<CredentialSource> credentials, const Clock& clock,
    RequestLog* log, const TransportOptions& options)
    : d(std::make_unique<Private>(std::move(server), std::move(credentials), clock, log, options))
{
}

HttpTransport::~HttpTransport() = default;

void HttpTransport::dropConnections()
{
    d->dropConnections();
}

RequestHandle HttpTransport::send(HttpRequest request, QObject* context, Callback callback)
{
    auto job = std::make_shared<Private::Job>();
    job->call = new NetworkCall(std::move(request), d->wire, d.get());
    job->context = context;
    job->callback = std::move(callback);
    const QPointer<Private> self(d.get());
    const auto giveUp = [self, job] {
        if (self)
            self->cancel(job);
    };
    connect(context, &QObject::destroyed, job->call, giveUp);
    connect(job->call, &NetworkCall::finished, d.get(), [self, job] { self->end(job); });
    d->gate.ask(job->call, [self, job](const Result<CredentialGate::Pass>& pass) { self->begin(job, pass); });
    return RequestHandle(giveUp);
}

} // namespace kindling
