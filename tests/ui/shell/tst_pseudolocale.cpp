// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/settings.h"
#include "tests/support/testmain.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/serverdesk.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>
#include <QTranslator>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {

/// What a person reads of a widget itself, not of its children.
QStringList textsOf(const QWidget* widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        return { label->text() };
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return { button->text(), button->accessibleName() };
    if (const auto* edit = qobject_cast<const QLineEdit*>(widget))
        return { edit->placeholderText(), edit->accessibleName() };
    if (const auto* dock = qobject_cast<const QDockWidget*>(widget))
        return { dock->windowTitle() };
    QStringList texts;
    if (const auto* bar = qobject_cast<const QTabBar*>(widget)) {
        for (int index = 0; index < bar->count(); ++index)
            texts.append(bar->tabText(index));
    }
    if (const auto* box = qobject_cast<const QComboBox*>(widget)) {
        for (int index = 0; index < box->count(); ++index)
            texts.append(box->itemText(index));
    }
    if (qobject_cast<const QMenu*>(widget) || qobject_cast<const QMenuBar*>(widget)) {
        for (const QAction* action : widget->actions())
            texts.append(action->text());
    }
    return texts;
}

bool isUntranslated(const QString& text)
{
    static const QRegularExpression word(u"[A-Za-z]{3}"_s);
    // Qt's own words come with Qt's own translations.
    static const QStringList qtWords{ u"Cancel"_s, u"Close"_s, u"Scroll Left"_s, u"Scroll Right"_s };
    return !qtWords.contains(text) && text.contains(word) && !text.contains(u'[') && !text.contains("://"_L1) && !text.startsWith(u'{');
}

/// Is a fixed text shown in less room than it needs?
bool isCut(const QWidget* widget)
{
    const auto* label = qobject_cast<const QLabel*>(widget);
    const bool isFixed = (label && !label->wordWrap() && label->pixmap().isNull()) || qobject_cast<const QAbstractButton*>(widget);
    return isFixed && widget->isVisible() && widget->width() + 1 < widget->minimumSizeHint().width();
}

QStringList problemsIn(const QWidget* top)
{
    QStringList problems;
    for (const QWidget* widget : top->findChildren<QWidget*>()) {
        if (widget->objectName().startsWith("qt_"_L1))
            continue;
        const QStringList texts = textsOf(widget);
        for (const QString& text : texts) {
            if (isUntranslated(text))
                problems.append(u"untranslated: %1 %2: %3"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(), text));
        }
        if (isCut(widget) && !texts.join(QString()).isEmpty())
            problems.append(u"cut off: %1: %2"_s.arg(widget->objectName(), texts.join(u'|')));
    }
    problems.removeDuplicates();
    return problems;
}

}

class TestPseudoLocale final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_translator.load(u":/i18n/kindling_xx.qm"_s));
        QCoreApplication::installTranslator(&m_translator);
    }
    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_translator); }

    void theWelcomePageIsWhole() { check(*ShellFixture().window); }

    void theWindowAtWorkIsWhole()
    {
        ShellFixture shell;
        ServerProfile profile;
        profile.id = u"one"_s;
        profile.name = u"[prod]"_s;
        profile.url = QUrl(u"http://127.0.0.1:1"_s);
        shell.settings->setServers({ profile });
        shell.window->resize(1440, 900);
        shell.window->notebooks()->newNotebook();
        check(*shell.window);
        shell.window->servers()->startLocalSpark();
        check(*shell.window);
    }

    void theDialogsAreWhole()
    {
        ShellFixture shell;
        const auto noJson = [](const auto&) { return QByteArray(); };
        const auto fine = [](const QByteArray&) { return QString(); };
        ServerDialog server({}, ServerDialog::SecretHome::Memory);
        NewSessionDialog session(u"[prod]"_s, noJson, fine);
        SubmitBatchDialog batch(u"[prod]"_s, noJson, fine, &shell.dialogs);
        AboutDialog about(nullptr);
        for (QDialog* dialog : std::initializer_list<QDialog*>{ &server, &session, &batch, &about }) {
            dialog->show();
            check(*dialog);
        }
    }

    void findsAnUntranslatedAndACutText()
    {
        QWidget top;
        QLabel plain(u"Hello there"_s, &top);
        plain.setFixedWidth(3);
        top.show();
        QCOMPARE(problemsIn(&top).size(), 2);
    }

private:
    static void check(const QWidget& top)
    {
        QCoreApplication::sendPostedEvents();
        const QStringList problems = problemsIn(&top);
        QVERIFY2(problems.isEmpty(), qUtf8Printable(problems.join(u'\n')));
    }

    QTranslator m_translator;
};

KINDLING_TEST(TestPseudoLocale)
#include "tst_pseudolocale.moc"
