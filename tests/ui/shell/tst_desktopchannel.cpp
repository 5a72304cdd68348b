// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/shell/desktopchannel.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
constexpr int patienceMs = 30'000;

/// What a desktop's notification service is to a program, on a bus of the test's own.
class PlayedService final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        QString app;
        QString title;
        QString body;
        QStringList actions;
    };
    QStringList capabilities;
    QList<Shown> shown;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    // the protocol's own arguments
    uint Notify(const QString& app, uint, const QString&, const QString& title, const QString& body, const QStringList& actions,
        const QVariantMap&, int)
    {
        shown.append({ app, title, body, actions });
        return 40 + static_cast<uint>(shown.size());
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};
}

class TestDesktopChannel final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
        if (program.isEmpty())
            QSKIP("dbus-daemon is not installed");
        m_daemon.start(program, { u"--session"_s, u"--nofork"_s, u"--print-address=1"_s });
        QVERIFY(m_daemon.waitForStarted(patienceMs));
        while (!m_daemon.canReadLine())
            QVERIFY(m_daemon.waitForReadyRead(patienceMs));
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    void cleanupTestCase()
    {
        if (m_daemon.state() == QProcess::NotRunning)
            return;
        m_daemon.kill();
        m_daemon.waitForFinished(patienceMs);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void cleanup()
    {
        m_bus.reset();
        for (const QString& name : std::exchange(m_names, {}))
            QDBusConnection::disconnectFromBus(name);
    }

    void showsANoticeAndTellsWhenItIsChosen()
    {
        PlayedService service;
        provide(service);
        DesktopChannel channel(bus());
        QSignalSpy chosen(&channel, &NoticeChannel::activated);
        QList<bool> answers;
        channel.post(7, { u"A batch failed"_s, u"nightly <b>1</b>"_s }, this, [&answers](bool isShown) { answers.append(isShown); });
        QVERIFY(answers.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(answers, QList<bool>{ true }, patienceMs);
        QCOMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown.at(0).app, u"Kindling"_s);
        QCOMPARE(service.shown.at(0).title, u"A batch failed"_s);
        QCOMPARE(service.shown.at(0).body, u"nightly <b>1</b>"_s);
        QCOMPARE(service.shown.at(0).actions.value(0), u"default"_s);
        Q_EMIT service.ActionInvoked(99, u"default"_s); // another program's
        Q_EMIT service.ActionInvoked(41, u"default"_s);
        QTRY_COMPARE_WITH_TIMEOUT(chosen.size(), 1, patienceMs);
        QCOMPARE(chosen.at(0).at(0).toInt(), 7);
    }

    void aNoticeThatIsClosedIsNotChosenAnyMore()
    {
        PlayedService service;
        provide(service);
        DesktopChannel channel(bus());
        QSignalSpy chosen(&channel, &NoticeChannel::activated);
        int answers = 0;
        for (const int number : { 1, 2 })
            channel.post(number, { u"t"_s, u"b"_s }, this, [&answers](bool) { ++answers; });
        QTRY_COMPARE_WITH_TIMEOUT(answers, 2, patienceMs);
        Q_EMIT service.NotificationClosed(41, 2);
        Q_EMIT service.ActionInvoked(41, u"default"_s);
        Q_EMIT service.ActionInvoked(42, u"default"_s);
        QTRY_COMPARE_WITH_TIMEOUT(chosen.size(), 1, patienceMs);
        QCOMPARE(chosen.at(0).at(0).toInt(), 2);
    }

    void markupIsNoMarkupWhereTheDesktopReadsIt()
    {
        PlayedService service;
        service.capabilities = { u"actions"_s, u"body-markup"_s };
        provide(service);
        DesktopChannel channel(bus());
        channel.post(1, { u"a & b"_s, u"<img src=\"file:///etc/passwd\"> & more"_s }, this, [](bool) {});
        QTRY_COMPARE_WITH_TIMEOUT(service.shown.size(), 1, patienceMs);
        QCOMPARE(service.shown.at(0).title, u"a & b"_s);
        QCOMPARE(service.shown.at(0).body, u"&lt;img src=&quot;file:///etc/passwd&quot;&gt; &amp; more"_s);
    }

    void saysWhereTheDesktopShowsNone()
    {
        DesktopChannel channel(bus());
        QList<bool> answers;
        channel.post(1, { u"t"_s, u"b"_s }, this, [&answers](bool isShown) { answers.append(isShown); });
        QVERIFY(answers.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(answers, QList<bool>{ false }, patienceMs);
        PlayedService late;
        provide(late);
        channel.post(2, { u"t"_s, u"b"_s }, this, [&answers](bool isShown) { answers.append(isShown); });
        QTRY_COMPARE_WITH_TIMEOUT(answers, (QList<bool>{ false, true }), patienceMs);
    }

    void saysWhereThereIsNoBus()
    {
        DesktopChannel channel([] { return QDBusConnection(u"no such bus"_s); });
        QList<bool> answers;
        channel.post(1, { u"t"_s, u"b"_s }, this, [&answers](bool isShown) { answers.append(isShown); });
        QTRY_COMPARE_WITH_TIMEOUT(answers, QList<bool>{ false }, patienceMs);
    }

    void answersNobodyWhoHasGone()
    {
        DesktopChannel channel(bus());
        QList<bool> answers;
        {
            QObject context;
            channel.post(1, { u"t"_s, u"b"_s }, &context, [&answers](bool) { answers.append(false); });
        }
        channel.post(2, { u"t"_s, u"b"_s }, this, [&answers](bool) { answers.append(true); });
        QTRY_COMPARE_WITH_TIMEOUT(answers, QList<bool>{ true }, patienceMs);
    }

private:
    QString addName()
    {
        m_names.append(u"kindling-test-%1"_s.arg(++m_lastName));
        return m_names.constLast();
    }
    DesktopChannel::BusOf bus()
    {
        return [this] { return QDBusConnection::connectToBus(m_address, addName()); };
    }
    void provide(PlayedService& service)
    {
        m_bus = QDBusConnection::connectToBus(m_address, addName());
        QVERIFY(m_bus->registerObject(u"/org/freedesktop/Notifications"_s, &service,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(m_bus->registerService(u"org.freedesktop.Notifications"_s));
    }

    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
    int m_lastName = 0;
    std::optional<QDBusConnection> m_bus;
};

KINDLING_TEST(TestDesktopChannel)
#include "tst_desktopchannel.moc"
