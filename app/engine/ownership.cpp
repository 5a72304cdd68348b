// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/ownership.h"

namespace kindling {

namespace {
/// "ann" of "ann@REALM" and of "DOMAIN\ann": gateways and servers do not agree on how much of a name they tell.
QStringView simpleName(QStringView name)
{
    name = name.sliced(name.lastIndexOf(u'\\') + 1);
    const qsizetype realm = name.indexOf(u'@');
    return realm > 0 ? name.first(realm) : name;
}

bool isSameUser(QStringView one, QStringView other)
{
    return !one.isEmpty() && simpleName(one).compare(simpleName(other), Qt::CaseInsensitive) == 0;
}
}

Ownership::Ownership()
    : m_localUser(qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME")))
{
}

void Ownership::expect(const QString& name)
{
    if (!name.isEmpty())
        m_names.insert(name);
}

void Ownership::remember(const ItemFacts& begun, const QDateTime& when)
{
    m_begun.insert(begun.key, { begun, when });
}

QDateTime Ownership::begunBy(const TrackedItem& item) const
{
    const Begun* begun = begunAs(item);
    return begun ? begun->when : QDateTime();
}

bool Ownership::isOwn(const TrackedItem& item, const ServerProfile& profile) const
{
    const auto isOf = [&item](const QString& user) { return isSameUser(user, item.item.owner) || isSameUser(user, item.item.proxyUser); };
    return profile.kind == ServerKind::LocalSpark || wasBegunHere(item) || isOf(profile.user.isEmpty() ? m_localUser : profile.user) || isOf(profile.doAs);
}

const Ownership::Begun* Ownership::begunAs(const TrackedItem& item) const
{
    const auto begun = m_begun.constFind(item.key);
    const SparkItem& now = item.item;
    if (begun == m_begun.cend() || begun->facts.name != now.name) // which a server always tells
        return nullptr;
    const ItemFacts& facts = begun->facts;
    const bool isSame = mayBeSameLife({ facts.name, facts.owner, facts.appId, facts.kind }, { now.name, now.owner, now.appId, now.kindText, now.state.value });
    return isSame ? &*begun : nullptr;
}

bool Ownership::wasBegunHere(const TrackedItem& item) const
{
    return m_names.contains(item.item.name) || begunAs(item) != nullptr;
}

} // namespace kindling
