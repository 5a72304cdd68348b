// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/serversecrets.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Several writes, one answer.
class Writes final {
public:
    explicit Writes(SecretStore::WriteCallback callback)
        : m_state(std::make_shared<State>())
    {
        m_state->callback = std::move(callback);
    }
    /// For one write. Copies of this may be gone when it comes.
    [[nodiscard]] SecretStore::WriteCallback one() const
    {
        ++m_state->open;
        return [state = m_state](const Result<void>& written) {
            if (!written && written.error().kind != ErrorKind::NotFound && state->answer)
                state->answer = written;
            if (--state->open == 0)
                state->callback(state->answer);
        };
    }

private:
    struct State {
        int open = 0;
        Result<void> answer;
        SecretStore::WriteCallback callback;
    };
    std::shared_ptr<State> m_state;
};

QString entryText(const SecretChange& change, const QList<HeaderLine>& stored)
{
    QByteArrayList lines;
    for (const QString& name : change.profile.headerNames) {
        const HeaderLine* fresh = findHeader(change.typed.headers, name);
        if (const HeaderLine* line = fresh ? fresh : findHeader(stored, name))
            lines.append(line->first + ": " + line->second);
    }
    return QString::fromUtf8(lines.join('\n'));
}
}

ServerId headersEntry(const ServerId& server)
{
    return server + u".headers"_s;
}

QList<HeaderLine> headersFromEntry(const QString& text)
{
    QList<HeaderLine> lines;
    for (const QByteArray& line : text.toUtf8().split('\n')) {
        if (const Result<HeaderLine> header = headerFromText(line))
            lines.append(*header);
    }
    return lines;
}

const HeaderLine* findHeader(const QList<HeaderLine>& lines, const QString& name)
{
    const auto found = std::ranges::find_if(lines, [wanted = name.toUtf8()](const HeaderLine& line) {
        return line.first.compare(wanted, Qt::CaseInsensitive) == 0;
    });
    return found == lines.end() ? nullptr : &*found;
}

void storeSecrets(SecretStore& store, const SecretChange& change, QObject* context, const SecretStore::WriteCallback& callback)
{
    const ServerProfile& profile = change.profile;
    const bool hasHeaders = !profile.headerNames.isEmpty();
    const bool changesHeaders = profile.headerNames != change.namesBefore || !change.typed.headers.isEmpty();
    const Writes writes(callback);
    // Each is asked for before any can be answered.
    const auto signInDone = writes.one();
    const auto headersDone = writes.one();
    if (change.typed.signIn.isEmpty())
        QMetaObject::invokeMethod(context, [signInDone] { signInDone({}); }, Qt::QueuedConnection);
    else
        store.write(profile.id, change.typed.signIn, context, signInDone);
    if (!changesHeaders) {
        QMetaObject::invokeMethod(context, [headersDone] { headersDone({}); }, Qt::QueuedConnection);
    } else if (!hasHeaders) {
        store.remove(headersEntry(profile.id), context, headersDone);
    } else {
        store.read(headersEntry(profile.id), context, [&store, change, context, headersDone](const Result<QString>& stored) {
            if (!stored && stored.error().kind != ErrorKind::NotFound) { // those that stay could not be kept
                headersDone(std::unexpected(stored.error()));
                return;
            }
            const QString text = entryText(change, headersFromEntry(stored.value_or(QString())));
            store.write(headersEntry(change.profile.id), text, context, headersDone);
        });
    }
}

void removeSecrets(SecretStore& store, const ServerId& server, QObject* context, const SecretStore::WriteCallback& callback)
{
    const Writes writes(callback);
    const auto signInDone = writes.one();
    const auto headersDone = writes.one();
    store.remove(server, context, signInDone);
    store.remove(headersEntry(server), context, headersDone);
}

} // namespace kindling
