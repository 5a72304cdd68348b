// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/checkreport.h"

#include "app/command/advice.h"
#include "app/notebook/rawjson.h"

#include <QCoreApplication>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int titleWidth = 12;
constexpr int jsonLevels = 4;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CheckReport)
};

QString titleOf(CheckStep::Name name)
{
    switch (name) {
    case CheckStep::Name::Lookup:
        return Words::tr("Name", "step of a check: looked up");
    case CheckStep::Name::Tcp:
        return u"TCP"_s;
    case CheckStep::Name::Tls:
        return u"TLS"_s;
    case CheckStep::Name::Answer:
        return Words::tr("Answer", "step of a check: what the server gave");
    case CheckStep::Name::SignIn:
        return Words::tr("Sign-in", "step of a check");
    case CheckStep::Name::Version:
        return Words::tr("Version", "step of a check");
    case CheckStep::Name::Dialect:
        return Words::tr("Dialect", "step of a check: of the protocol");
    case CheckStep::Name::Rights:
        return Words::tr("Rights", "step of a check: what one may do");
    case CheckStep::Name::Counts:
        return Words::tr("Counts", "step of a check: of sessions and batches");
    }
    return {};
}

QByteArray boolean(bool value)
{
    return value ? "true" : "false";
}

QByteArray stepJson(const CheckStep& step)
{
    RawObject object;
    object.set(u"step"_s, jsonString(stepKey(step.name)));
    object.set(u"ok"_s, boolean(!step.problem));
    for (const auto& [key, value] : step.facts) {
        if (!value.isEmpty())
            object.set(key, step.name == CheckStep::Name::Counts ? value.toLatin1() : jsonString(value));
    }
    return object.toJson();
}
}

QString stepLine(const CheckStep& step)
{
    const QString mark = step.problem ? u"✗ "_s : u"✓ "_s;
    QStringList texts;
    if (step.problem)
        texts.append(oneLine(*step.problem));
    if (!step.text.isEmpty())
        texts.append(step.text);
    return mark + titleOf(step.name).leftJustified(titleWidth) + texts.join(u"; "_s);
}

QByteArray checkJson(const QString& url, const QList<CheckStep>& steps)
{
    QList<QByteArray> written;
    for (const CheckStep& step : steps)
        written.append(stepJson(step));
    const std::optional<Error> problem = steps.isEmpty() ? std::nullopt : steps.last().problem;
    RawObject report;
    report.set(u"url"_s, jsonString(url));
    report.set(u"ok"_s, boolean(!problem));
    report.set(u"steps"_s, arrayJson(written));
    if (problem) {
        report.set(u"error"_s, jsonString(oneLine(*problem)));
        report.set(u"next"_s, jsonString(adviceFor(*problem)));
    }
    return indentedJson(report.toJson(), jsonLevels);
}

} // namespace kindling
