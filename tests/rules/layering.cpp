// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/layering.h"

#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace kindling::rules {

namespace {

const QStringList panes{ u"notebook"_s, u"overview"_s, u"session"_s, u"batch"_s, u"log"_s, u"navigator"_s, u"dialogs"_s };

QStringList prefixed(const QString& folder, const QStringList& names)
{
    QStringList paths;
    for (const QString& name : names)
        paths << folder + u'/' + name;
    return paths;
}

/// For each folder that is a layer, the other folders it may include.
QHash<QString, QStringList> makeAllowed()
{
    QHash<QString, QStringList> allowed{
        { u"app/core"_s, {} },
        { u"app/results"_s, prefixed(u"app"_s, { u"core"_s }) },
        { u"app/text"_s, prefixed(u"app"_s, { u"core"_s, u"results"_s }) },
        { u"app/net"_s, prefixed(u"app"_s, { u"core"_s }) },
        { u"app/livy"_s, prefixed(u"app"_s, { u"core"_s, u"results"_s, u"net"_s }) },
        { u"app/notebook"_s, prefixed(u"app"_s, { u"core"_s, u"results"_s }) },
        { u"app/storage"_s, prefixed(u"app"_s, { u"core"_s, u"results"_s }) },
        { u"app/engine"_s, prefixed(u"app"_s, { u"core"_s, u"results"_s, u"livy"_s, u"notebook"_s, u"storage"_s }) },
        { u"app/models"_s,
            prefixed(u"app"_s,
                { u"core"_s, u"results"_s, u"text"_s, u"net"_s, u"livy"_s, u"notebook"_s, u"storage"_s, u"engine"_s }) },
        { u"app/local"_s, prefixed(u"app"_s, { u"core"_s }) },
        { u"app/command"_s,
            prefixed(u"app"_s, { u"core"_s, u"results"_s, u"net"_s, u"livy"_s, u"notebook"_s, u"storage"_s, u"engine"_s }) },
    };
    const QStringList below = prefixed(u"app"_s,
        { u"core"_s, u"results"_s, u"text"_s, u"livy"_s, u"notebook"_s, u"storage"_s, u"engine"_s, u"models"_s });
    allowed[u"ui/common"_s] = below;
    allowed[u"ui/editor"_s] = below + QStringList{ u"ui/common"_s };
    for (const QString& pane : panes)
        allowed[u"ui/"_s + pane] = below + QStringList{ u"ui/common"_s, u"ui/editor"_s };
    allowed[u"ui/shell"_s] = below + QStringList{ u"ui/common"_s, u"ui/editor"_s } + prefixed(u"ui"_s, panes);
    return allowed;
}

/// "app/core" for "app/core/error.h"; empty for files that belong to no layer, as app/main.cpp does.
QString layerOf(const QString& path)
{
    const QStringList parts = path.split(u'/');
    return parts.size() >= 3 && (parts.at(0) == "app"_L1 || parts.at(0) == "ui"_L1) ? parts.at(0) + u'/' + parts.at(1)
                                                                                     : QString();
}

QString systemOffence(const QString& layer, const QString& header)
{
    static const QRegularExpression network(u"^(QNetwork|QHttp|QTcp|QSsl|QLocalS|QAbstractSocket|QHostAddress|QRest)"_s);
    static const QRegularExpression json(u"^(QJson|simdjson)"_s);
    static const QRegularExpression words(
        u"^(QtWidgets|QtGui|QWidget|QApplication|QIcon|QPixmap|QPalette|QMessageBox|QDialog|QColor|QPainter)$"_s);
    if (network.match(header).hasMatch() && layer != "app/net"_L1 && layer != "app/local"_L1)
        return u"only app/net and app/local know Qt Network"_s;
    if (json.match(header).hasMatch() && layer != "app/livy"_L1 && layer != "app/notebook"_L1 && layer != "app/local"_L1)
        return u"JSON lives in app/livy, app/notebook and app/local only"_s;
    if (words.match(header).hasMatch() && layer.startsWith("app/"_L1))
        return u"below ui nothing knows widgets, colours or icons"_s;
    return {};
}

} // namespace

QStringList layerOffences(const SourceFile& file)
{
    static const QHash<QString, QStringList> allowed = makeAllowed();
    static const QRegularExpression include(
        uR"re(^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>))re"_s, QRegularExpression::MultilineOption);
    const QString layer = layerOf(file.path);
    if (layer.isEmpty())
        return {};
    if (!allowed.contains(layer))
        return { file.path + u": a folder that section 3 of the design does not know"_s };
    QStringList offences;
    for (auto it = include.globalMatch(file.plain); it.hasNext();) {
        const auto match = it.next();
        const QString own = match.captured(1);
        const QString target = layerOf(own);
        QString offence = own.isEmpty() ? systemOffence(layer, match.captured(2)) : QString();
        if (!own.isEmpty() && !own.contains(u'/') && !own.endsWith(".moc"_L1))
            offence = u"project headers are included from the root of the tree"_s;
        else if (own.startsWith("tests/"_L1) || own == "app/main.cpp"_L1)
            offence = u"the product includes no tests"_s;
        else if (!target.isEmpty() && target != layer && !allowed.value(layer).contains(target))
            offence = layer + u" may not include "_s + target;
        if (!offence.isEmpty())
            offences << file.place(match.capturedStart(), match.captured().trimmed() + u": "_s + offence);
    }
    return offences;
}

QStringList includeOrderOffences(const SourceFile& file)
{
    static const QRegularExpression include(uR"(#include ["<]([^">]+)[">])"_s);
    const QString own = file.path.chopped(4) + u".h"_s;
    if (file.isHeader() || !QFileInfo::exists(QStringLiteral(KINDLING_SOURCE_DIR "/") + own))
        return {};
    const auto match = include.match(file.plain);
    if (match.captured(1) == own || match.captured(1) == file.path.chopped(4) + u"_p.h"_s)
        return {};
    return { file.place(match.capturedStart(), u"its own header comes first"_s) };
}

} // namespace kindling::rules
