// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/shell/drawnwindow.h"
#include "ui/common/theme.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/notebookdesk.h"

#include <QApplication>
#include <QAction>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QProgressBar>
#include <QTest>
#include <QTranslator>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// Grabs the whole window, in light and dark and in German; into the folder KINDLING_SHOTS where it is set, to be looked at.
class TestWindowShots final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTabFillsTheWindow_data()
    {
        QTest::addColumn<Qt::ColorScheme>("scheme");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << Qt::ColorScheme::Light << u"en"_s << QSize(1440, 900);
        QTest::newRow("dark") << Qt::ColorScheme::Dark << u"en"_s << QSize(1440, 900);
        QTest::newRow("german") << Qt::ColorScheme::Light << u"de"_s << QSize(1440, 900);
        QTest::newRow("medium") << Qt::ColorScheme::Light << u"en"_s << QSize(1024, 700);
        QTest::newRow("small") << Qt::ColorScheme::Light << u"en"_s << QSize(900, 600);
    }
    void everyTabFillsTheWindow()
    {
        QFETCH(Qt::ColorScheme, scheme);
        QFETCH(QString, language);
        QFETCH(QSize, size);
        applyTheme(*qApp, scheme);
        QTranslator words;
        QVERIFY(words.load(u":/i18n/kindling_%1.qm"_s.arg(language)));
        QCoreApplication::installTranslator(&words);
        shootWelcome(size);
        DrawnWindow drawn;
        MainWindow& window = drawn.window();
        QTRY_VERIFY(drawn.isFilled());
        if (size.width() < 1000) {
            for (QDockWidget* dock : window.findChildren<QDockWidget*>())
                dock->hide();
        }
        QCoreApplication::sendPostedEvents();
        window.resize(size);
        window.resizeDocks({ window.findChild<QDockWidget*>(u"navigatorDock"_s) }, { 268 }, Qt::Horizontal);
        auto* tabs = window.findChild<CentralTabs*>();
        shoot(window, u"overview"_s);
        window.findChild<QAction*>(u"findCommandAction"_s)->trigger();
        auto* palette = window.findChild<QDialog*>(u"commandPalette"_s);
        palette->findChild<QLineEdit*>(u"paletteText"_s)->setText(u"se a"_s);
        shoot(*palette, u"palette"_s);
        palette->reject();
        tabs->showItem({ u"prod"_s, ItemType::Session, u"13"_s });
        shoot(window, u"session"_s);
        tabs->showItem({ u"prod"_s, ItemType::Batch, u"729"_s });
        shoot(window, u"batch"_s);
        window.notebooks()->openSample();
        shoot(window, u"notebook"_s);
        QCOMPARE(window.size(), size);
    }
    void cleanupTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }

private:
    /// As it is at the first start, and while Local Spark is not running.
    static void shootWelcome(const QSize& size)
    {
        ShellFixture shell;
        shell.settings->addRecentNotebook(u"/home/ann/notebooks/revenue.ipynb"_s);
        shell.settings->addRecentNotebook(u"/home/ann/notebooks/orders by country.ipynb"_s);
        shell.window->resize(size);
        shoot(*shell.window, u"welcome"_s);
        shell.window->findChild<CentralTabs*>()->showLocalSpark();
        shoot(*shell.window, u"localspark"_s);
    }
    static bool isLoading(const QWidget& window)
    {
        return std::ranges::any_of(window.findChildren<QProgressBar*>(u"emptyProgress"_s), &QWidget::isVisible);
    }
    static void shoot(QWidget& window, const QString& name)
    {
        QTRY_VERIFY(!isLoading(window));
        QCoreApplication::sendPostedEvents();
        const QImage image = window.grab().toImage();
        QVERIFY(!image.isNull());
        const QString folder = qEnvironmentVariable("KINDLING_SHOTS");
        const QString path = u"%1/window-%2-%3.png"_s.arg(folder, name, QLatin1StringView(QTest::currentDataTag()));
        if (!folder.isEmpty())
            QVERIFY(QDir().mkpath(folder) && image.save(path));
    }
};

KINDLING_TEST(TestWindowShots)
#include "tst_windowshots.moc"
