// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/http.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

namespace kindling::test {

/// Which server is played: our own endpoint as it is, or a release of Apache Livy by its fields and words.
enum class Release { LocalSpark, Livy07, Livy08, Livy09 };

/// Livy's ways that our endpoint does not copy (livy-protocol 2.1, 8, 10), each for a test to switch on.
struct Quirks {
    Release release = Release::LocalSpark;
    bool flickersIdle = false;      ///< a busy session is idle at every second look
    bool keepsPhantoms = false;     ///< a batch refused for its path stays listed as starting
    bool hangsWhileStarting = false; ///< GET of statements is not answered before the session is up
    bool hangsStatements = false; ///< GET of a statement is not answered at all
    bool completesLate = false;     ///< the first look at an ended statement has completed 0
    bool packs = false;             ///< gzip
    bool answersPages = false;      ///< refusals are Jetty's HTML
    bool wantsRequestedBy = false;  ///< refuses unsafe requests without X-Requested-By, in Jetty's HTML
};

/// Stands before an endpoint and gives its answers those ways.
class QuirkDecorator final {
public:
    /// `quirks` may change between requests and outlives this.
    QuirkDecorator(const Quirks& quirks, local::HttpHandler inner);

    void handle(const local::HttpRequest& request, const local::Responder& respond);
    /// Requests that will never be answered.
    [[nodiscard]] int hangingCount() const { return m_hanging; }

private:
    [[nodiscard]] bool mustHang(const local::HttpRequest& request) const;
    [[nodiscard]] local::HttpResponse refusalBefore(const local::HttpRequest& request) const;
    [[nodiscard]] local::HttpResponse changed(const local::HttpRequest& request, local::HttpResponse response);
    [[nodiscard]] QJsonObject changedObject(const local::HttpRequest& request, QJsonObject object);
    [[nodiscard]] QJsonObject changedItem(QJsonObject item, bool isSession);
    [[nodiscard]] QJsonObject changedVersion(QJsonObject version) const;
    [[nodiscard]] QString flickered(const QString& state);

    const Quirks& m_quirks;
    local::HttpHandler m_inner;
    QSet<QString> m_seenEnded; ///< statements whose end was shown once
    int m_looks = 0;
    int m_hanging = 0;
};

/// The bytes as a gzip file.
[[nodiscard]] QByteArray gzipped(const QByteArray& bytes);

} // namespace kindling::test
