// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "ui/dialogs/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSettingsDialog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void givesBackWhatWasThere()
    {
        const SettingsChoice present{ ColorSchemeChoice::Dark, { .isOn = false, .days = 7, .mebibytes = 300 },
            { .isOn = true, .silenced = { NoticeKind::SessionExpires }, .onlyOwnBatches = true, .longStatement = 90s,
                .rules = { { NoticeRule::What::SessionIdleLong, u"etl*"_s, 90min } } } };
        const SettingsDialog dialog(present, u"/records"_s);
        const SettingsChoice choice = dialog.choice();
        QCOMPARE(choice.colorScheme, present.colorScheme);
        QCOMPARE(choice.records, present.records);
        QCOMPARE(choice.notices, present.notices);
        QVERIFY(child<QLabel>(dialog, u"recordHint"_s)->text().contains(u"/records"_s));
    }

    void takesWhatIsChosen()
    {
        const SettingsDialog dialog({}, {});
        child<QRadioButton>(dialog, u"schemeLight"_s)->click();
        child<QSpinBox>(dialog, u"recordDays"_s)->setValue(30);
        child<QSpinBox>(dialog, u"recordMebibytes"_s)->setValue(512);
        child<QSpinBox>(dialog, u"longStatement"_s)->setValue(300);
        child<QCheckBox>(dialog, u"lostServers"_s)->click();
        child<QCheckBox>(dialog, u"onlyOwnBatches"_s)->click();
        const SettingsChoice choice = dialog.choice();
        QCOMPARE(choice.colorScheme, ColorSchemeChoice::Light);
        QCOMPARE(choice.records, (RecordPolicy{ .isOn = true, .days = 30, .mebibytes = 512 }));
        QCOMPARE(choice.notices.longStatement, 300s);
        QCOMPARE(choice.notices.silenced, QSet<NoticeKind>{ NoticeKind::ServerUnreachable });
        QVERIFY(choice.notices.onlyOwnBatches);
    }

    void whatIsOffCannotBeSet()
    {
        SettingsDialog dialog({}, {});
        QVERIFY(child<QSpinBox>(dialog, u"recordDays"_s)->isEnabled());
        child<QCheckBox>(dialog, u"recordIsOn"_s)->click();
        QVERIFY(!child<QSpinBox>(dialog, u"recordDays"_s)->isEnabled());
        QVERIFY(!dialog.choice().records.isOn);
        child<QCheckBox>(dialog, u"longStatements"_s)->click();
        QVERIFY(!child<QSpinBox>(dialog, u"longStatement"_s)->isEnabled());
        child<QCheckBox>(dialog, u"failedBatches"_s)->click();
        QVERIFY(!child<QCheckBox>(dialog, u"onlyOwnBatches"_s)->isEnabled());
        child<QCheckBox>(dialog, u"noticesAreOn"_s)->click();
        QVERIFY(!child<QListWidget>(dialog, u"rules"_s)->isEnabled());
        QVERIFY(!dialog.choice().notices.isOn);
    }

    void addsAndRemovesRules()
    {
        const SettingsDialog dialog({}, {});
        auto* list = child<QListWidget>(dialog, u"rules"_s);
        auto* add = child<QPushButton>(dialog, u"addRule"_s);
        auto* remove = child<QPushButton>(dialog, u"removeRule"_s);
        auto* pattern = child<QLineEdit>(dialog, u"rulePattern"_s);
        QVERIFY(!remove->isEnabled());
        pattern->setText(u" nightly-* "_s);
        child<QSpinBox>(dialog, u"ruleMinutes"_s)->setValue(90);
        add->click();
        QVERIFY(pattern->text().isEmpty());
        child<QComboBox>(dialog, u"ruleWhat"_s)->setCurrentIndex(1);
        add->click();
        const NoticeRule first{ NoticeRule::What::BatchRunsLong, u"nightly-*"_s, 90min };
        const NoticeRule second{ NoticeRule::What::SessionIdleLong, {}, 90min };
        QCOMPARE(dialog.choice().notices.rules, (QList<NoticeRule>{ first, second }));
        QVERIFY2(list->item(0)->text().contains(u"nightly-*"_s) && list->item(0)->text().contains(u"90"_s), qPrintable(list->item(0)->text()));
        QVERIFY(!add->isEnabled()); // the same twice
        list->setCurrentRow(0);
        remove->click();
        QCOMPARE(dialog.choice().notices.rules, QList<NoticeRule>{ second });
        list->setCurrentRow(0);
        remove->click();
        QVERIFY(dialog.choice().notices.rules.isEmpty());
        QVERIFY(!remove->isEnabled());
    }

    void aPatternOfHostileTextStaysText()
    {
        SettingsDialog dialog({ .notices = { .rules = { { NoticeRule::What::BatchRunsLong, u"<b>%1 %2</b>"_s, 60min } } } }, {});
        dialog.show();
        QVERIFY2(child<QListWidget>(dialog, u"rules"_s)->item(0)->text().contains(u"<b>%1 %2</b>"_s), "the pattern is text, not a format");
        child<QLineEdit>(dialog, u"rulePattern"_s)->setText(hostileName());
        QVERIFY(child<QLineEdit>(dialog, u"rulePattern"_s)->text().size() <= 200);
    }
};

KINDLING_TEST(TestSettingsDialog)
#include "tst_settingsdialog.moc"
