// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logwords.h"

#include "ui/common/words.h"

#include <QCoreApplication>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostCode = 200;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::LogMarks)
};

QString gapWords(const LogMark& gap)
{
    if (gap.keptLines <= 0)
        return Words::tr("──── Lines were not seen here ────");
    if (gap.unwatched <= std::chrono::milliseconds(0))
        return Words::tr("──── Earlier lines were not seen: the server keeps %Ln ────", nullptr, gap.keptLines);
    return Words::tr("──── Lines were not seen here: nobody looked for %1, and the server keeps %Ln ────", nullptr, gap.keptLines)
        .arg(ageText(gap.unwatched));
}
}

QString markWords(const LogMark& mark)
{
    if (mark.kind == LogMark::Kind::Gap)
        return gapWords(mark);
    if (mark.kind == LogMark::Kind::Older)
        return Words::tr("──── Older lines are not shown ────");
    const QString code = mark.text.left(mostCode).simplified();
    return u"──── %1 · %2 ────"_s.arg(exactTime(mark.when), code);
}

QString copiedMarkWords(const LogMark& mark)
{
    if (mark.kind == LogMark::Kind::Older)
        return Words::tr("[older lines left out]");
    return mark.kind == LogMark::Kind::Gap ? Words::tr("[lines not seen]") : u'[' + exactTime(mark.when) + u"] "_s + mark.text.left(mostCode).simplified();
}

QString sectionWords(LogSection section)
{
    switch (section) {
    case LogSection::Stdout: return u"stdout"_s;
    case LogSection::Stderr: return u"stderr"_s;
    case LogSection::Diagnostics: return Words::tr("Diagnostics", "the part of a log that tells what the cluster says");
    }
    return {};
}

} // namespace kindling
