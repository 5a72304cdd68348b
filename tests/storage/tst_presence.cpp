// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/presence.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestPresence final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void onlyWhoComesToAnEmptyPlaceIsAlone()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"history/windows"_s);
        std::optional<Presence> first(std::in_place, path);
        QVERIFY(first->wasAlone());
        std::optional<Presence> second(std::in_place, path);
        QVERIFY(!second->wasAlone());
        first.reset();
        QVERIFY(!Presence(path).wasAlone()); // the second one is still there
        second.reset();
        QVERIFY(Presence(path).wasAlone());
    }
    void whereNothingCanBeLockedNobodyIsSureToBeAlone()
    {
        const QTemporaryDir folder;
        QFile blocker(folder.filePath(u"file"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        QVERIFY(!Presence(folder.filePath(u"file/windows"_s)).wasAlone());
    }
};

KINDLING_TEST(TestPresence)
#include "tst_presence.moc"
