// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/roles.h"
#include "tests/support/testmain.h"
#include "tests/ui/shown.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/flatstyle.h"
#include "ui/common/icons.h"
#include "ui/common/messagebar.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/statedelegate.h"
#include "ui/common/stateglyph.h"
#include "ui/common/theme.h"
#include "ui/common/wrappedtext.h"

#include <QStandardItemModel>
#include <QSignalSpy>
#include <QTest>
#include <QtWidgets>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
constexpr StateRole allStates[] = { StateRole::Idle, StateRole::Active, StateRole::Starting, StateRole::Waiting, StateRole::Damaged,
    StateRole::Bad, StateRole::Success, StateRole::Stopped };

QImage glyphImage(StateRole role)
{
    QImage image(32, 32, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintStateGlyph(painter, QRectF(0, 0, 32, 32), role, Qt::black);
    return image;
}

QImage indicatorImage(QStyle::PrimitiveElement element, QStyle::StateFlag state, const QWidget* widget, const QColor& window)
{
    QImage image(20, 20, QImage::Format_ARGB32);
    image.fill(window);
    QPainter painter(&image);
    QStyleOptionButton option;
    option.initFrom(widget);
    option.state |= state;
    option.rect = image.rect();
    qApp->style()->drawPrimitive(element, &option, &painter, widget);
    return image;
}

QPalette contrastPalette()
{
    QPalette own;
    for (const auto role : { QPalette::Window, QPalette::Base, QPalette::Button, QPalette::AlternateBase, QPalette::HighlightedText })
        own.setColor(role, Qt::black);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        own.setColor(role, Qt::white);
    own.setColor(QPalette::Highlight, Qt::yellow);
    return own;
}

double greatestContrast(const QImage& image, const QColor& window)
{
    double greatest = 1;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            greatest = std::max(greatest, contrastRatio(image.pixelColor(x, y), window));
    return greatest;
}
}

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void cleanupTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }

    void everyTextReadsOnEveryBackground_data()
    {
        QTest::addColumn<Qt::ColorScheme>("scheme");
        QTest::newRow("light") << Qt::ColorScheme::Light;
        QTest::newRow("dark") << Qt::ColorScheme::Dark;
    }
    void everyTextReadsOnEveryBackground()
    {
        QFETCH(Qt::ColorScheme, scheme);
        const QPalette palette = themePalette(scheme);
        const ColorRole inks[] = { ColorRole::Text, ColorRole::Secondary, ColorRole::Good, ColorRole::Active, ColorRole::Waiting,
            ColorRole::Bad, ColorRole::Ended, ColorRole::AnsiMagenta };
        const ColorRole papers[] = { ColorRole::Window, ColorRole::Base, ColorRole::Alternate, ColorRole::Selection, ColorRole::Button };
        for (const ColorRole ink : inks)
            for (const ColorRole paper : papers) {
                const double ratio = contrastRatio(themeColor(ink, palette), themeColor(paper, palette));
                QVERIFY2(ratio >= 4.5, qPrintable(u"ink %1 on paper %2: %3"_s.arg(int(ink)).arg(int(paper)).arg(ratio)));
            }
        QVERIFY(contrastRatio(themeColor(ColorRole::Text, palette), themeColor(ColorRole::MarkBackground, palette)) >= 4.5);
        QVERIFY(contrastRatio(themeColor(ColorRole::PrimaryText, palette), themeColor(ColorRole::PrimaryFill, palette)) >= 4.5);
        for (const ColorRole paper : { ColorRole::Window, ColorRole::Base, ColorRole::Alternate, ColorRole::Button })
            QVERIFY(contrastRatio(themeColor(ColorRole::Accent, palette), themeColor(paper, palette)) >= 3.0);
    }

    void whatIsDisabledIsFaintButRead_data() { everyTextReadsOnEveryBackground_data(); }
    void whatIsDisabledIsFaintButRead()
    {
        QFETCH(Qt::ColorScheme, scheme);
        const QPalette palette = themePalette(scheme);
        for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText }) {
            const QColor ink = palette.color(QPalette::Disabled, role);
            QVERIFY(contrastRatio(ink, themeColor(ColorRole::Secondary, palette)) > 1.2);
            for (const ColorRole paper : { ColorRole::Window, ColorRole::Button })
                QVERIFY2(contrastRatio(ink, themeColor(paper, palette)) >= 3, qPrintable(QString::number(role)));
        }
    }

    void anEmptyBoxIsSeen_data() { everyTextReadsOnEveryBackground_data(); }
    void anEmptyBoxIsSeen()
    {
        QFETCH(Qt::ColorScheme, scheme);
        applyTheme(*qApp, scheme);
        const QCheckBox box;
        const QRadioButton choice;
        const QColor window = themeColor(ColorRole::Window, box.palette());
        for (const auto& [element, widget] : { std::pair<QStyle::PrimitiveElement, const QWidget*>(QStyle::PE_IndicatorCheckBox, &box), { QStyle::PE_IndicatorRadioButton, &choice } }) {
            const QImage empty = indicatorImage(element, QStyle::State_Off, widget, window);
            QVERIFY(greatestContrast(empty, window) >= 3);
            QVERIFY(empty != indicatorImage(element, QStyle::State_On, widget, window));
        }
        QVERIFY(indicatorImage(QStyle::PE_IndicatorCheckBox, QStyle::State_NoChange, &box, window) != indicatorImage(QStyle::PE_IndicatorCheckBox, QStyle::State_On, &box, window));
    }

    void whatIsTypedBeginsAtOneMargin()
    {
        QLineEdit line(u"H"_s);
        QComboBox editable;
        editable.setEditable(true);
        editable.setCurrentText(u"H"_s);
        QComboBox fixed;
        fixed.addItem(u"H"_s);
        QSpinBox spin;
        spin.setSuffix(u"H"_s);
        spin.setSpecialValueText(u"H"_s);
        for (QWidget* field : std::initializer_list<QWidget*>{ &line, &editable, &fixed, &spin }) {
            field->resize(160, field->sizeHint().height());
            field->show();
            field->clearFocus();
            const int left = test::inkLeft(*field, QRect(3, 5, 60, field->height() - 10));
            QVERIFY2(qAbs(left - fieldPadding) <= 1, qPrintable(u"%1: %2"_s.arg(QLatin1StringView(field->metaObject()->className())).arg(left)));
            QVERIFY(field->sizeHint().width() > 2 * fieldPadding);
            field->hide();
        }
    }
    void aFieldWithASymbolKeepsTheTextBesideIt()
    {
        QLineEdit line(u"H"_s);
        line.addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
        line.resize(160, 26);
        line.show();
        line.clearFocus();
        const int text = test::inkLeft(line, QRect(22, 5, 60, 16));
        QVERIFY2(text > 22 && text < 36, qPrintable(QString::number(text)));
    }

    void tabsAreAsHighWithACrossAsWithout()
    {
        QTabBar without;
        without.addTab(u"Overview"_s);
        QTabBar with;
        with.setTabsClosable(true);
        with.addTab(u"Session 12"_s);
        QCOMPARE(without.sizeHint().height(), with.sizeHint().height());
    }

    void buttonsOfBarsAreAsWideAsTheirWords()
    {
        QPushButton inBar(u"Stop…"_s);
        QDialog dialog;
        QPushButton inDialog(u"Stop…"_s, &dialog);
        QVERIFY(inBar.sizeHint().width() < inDialog.sizeHint().width());
        QVERIFY(inBar.sizeHint().width() >= inBar.fontMetrics().horizontalAdvance(inBar.text()) + 16);
    }

    void contrastIsThatOfWcag()
    {
        QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448);
        QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
    }

    void aPaletteTellsItsTone()
    {
        QCOMPARE(toneOf(themePalette(Qt::ColorScheme::Light)), ThemeTone::Light);
        QCOMPARE(toneOf(themePalette(Qt::ColorScheme::Unknown)), ThemeTone::Light);
        QCOMPARE(toneOf(themePalette(Qt::ColorScheme::Dark)), ThemeTone::Dark);
    }

    void whatIsOnOrMarkedReadsInHighContrast()
    {
        const QPalette own = contrastPalette();
        const QColor mark = themeColor(ColorRole::MarkBackground, own);
        QVERIFY(mark != themeColor(ColorRole::Base, own));
        QVERIFY(contrastRatio(mark, themeColor(ColorRole::Text, own)) >= 4.5);
        QPushButton push(u"Follow"_s);
        QToolButton tool;
        tool.setText(u"Now"_s);
        for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{ &push, &tool }) {
            button->setPalette(own);
            button->setCheckable(true);
            button->setChecked(true);
            button->resize(80, 26);
            const QImage inside = button->grab(QRect(12, 6, 56, 14)).toImage();
            QVERIFY(greatestContrast(inside, themeColor(ColorRole::Selection, own)) >= 4.5);
        }
    }
    void highContrastKeepsThePalettesOwnColours()
    {
        const QPalette own = contrastPalette();
        QCOMPARE(toneOf(own), ThemeTone::HighContrast);
        QCOMPARE(themeColor(ColorRole::Bad, own), QColor(Qt::white));
        QCOMPARE(themeColor(ColorRole::Window, own), QColor(Qt::black));
        QCOMPARE(themeColor(ColorRole::Accent, own), QColor(Qt::yellow));
    }

    void theThemeIsAppliedToTheProgram()
    {
        applyTheme(*qApp, Qt::ColorScheme::Dark);
        QCOMPARE(toneOf(QApplication::palette()), ThemeTone::Dark);
        applyTheme(*qApp, Qt::ColorScheme::Light);
        QCOMPARE(toneOf(QApplication::palette()), ThemeTone::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(u"#f4f5f7"_s));
    }

    void everyStateHasAShapeOfItsOwn()
    {
        for (const StateRole one : allStates)
            for (const StateRole other : allStates)
                if (one != other)
                    QVERIFY2(glyphImage(one) != glyphImage(other), qPrintable(QString::number(int(one) * 10 + int(other))));
    }

    void aStateIconFollowsThePalette()
    {
        const QIcon icon = stateIcon(StateRole::Idle);
        applyTheme(*qApp, Qt::ColorScheme::Dark);
        const QColor dark = icon.pixmap(16, 16).toImage().pixelColor(8, 8);
        applyTheme(*qApp, Qt::ColorScheme::Light);
        const QColor light = icon.pixmap(16, 16).toImage().pixelColor(8, 8);
        QCOMPARE(dark, QColor(u"#4ac26b"_s));
        QCOMPARE(light, QColor(u"#146c2e"_s));
    }

    void symbolicIconsAreLightOnDark()
    {
        const QImage image = themedIcon(u"media-playback-start"_s, themePalette(Qt::ColorScheme::Dark)).pixmap(22, 22).toImage();
        QVERIFY(!image.isNull());
        int inked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() > 200) {
                    ++inked;
                    QVERIFY(image.pixelColor(x, y).lightness() > 180);
                }
        QVERIFY(inked > 20);
        QVERIFY(themedIcon(u"there-is-no-such-icon"_s).isNull());
    }

    void secondaryTextIsSmallerButNeverTiny()
    {
        QFont font;
        font.setPixelSize(14);
        QCOMPARE(secondaryFont(font).pixelSize(), 13);
        font.setPixelSize(11);
        QCOMPARE(secondaryFont(font).pixelSize(), 11);
        font.setPointSizeF(10);
        QCOMPARE(secondaryFont(font).pointSizeF(), 9.0);
        font.setPointSizeF(8.25);
        QCOMPARE(secondaryFont(font).pointSizeF(), 8.25);
    }

    void aLongWordMakesNoMessageBarWide()
    {
        MessageBar bar;
        bar.showProblem(QString(600, u'x'), QString(600, u'y'));
        QVERIFY2(bar.minimumSizeHint().width() < 300, qPrintable(QString::number(bar.minimumSizeHint().width())));
    }
    void aLongWordIsBrokenAndNotCut()
    {
        const QString word(200, u'x');
        WrappedText text;
        text.setText(word);
        const int line = text.fontMetrics().height();
        const int width = text.fontMetrics().horizontalAdvance(word) / 4;
        QVERIFY(text.heightForWidth(width) >= 4 * line);
        QVERIFY(text.heightForWidth(text.longestLine()) < 2 * line);
        QCOMPARE(text.text(), word);
        text.setText(u"<b>bold</b>"_s);
        QCOMPARE(text.text(), u"<b>bold</b>"_s);
    }
    void aMessagesActStandsBelowWhereTheWordsNeedTheRoom()
    {
        QWidget page;
        auto* column = new QVBoxLayout(&page);
        auto* bar = new MessageBar(&page);
        column->addWidget(bar);
        column->addStretch();
        bar->showProblem(u"The request was refused."_s, u"at org.apache.livy.server.SessionServlet.doPost(SessionServlet.scala:142)"_s);
        bar->setAction(u"Open the request again"_s, [] {});
        const auto* detail = bar->findChild<WrappedText*>(u"messageDetail"_s);
        const auto* action = bar->findChild<QPushButton*>(u"messageAction"_s);
        page.resize(900, 300);
        page.show();
        QTRY_VERIFY(action->x() > detail->geometry().right());
        page.resize(420, 300);
        QTRY_VERIFY(action->y() > detail->geometry().bottom());
        QTRY_COMPARE(detail->height(), detail->heightForWidth(detail->width()));
        bar->setAction({}, {});
        bar->showInfo(u"Saved"_s);
        bar->setAction(u"Show"_s, [] {});
        QTRY_VERIFY(action->y() < 20);
        QTRY_VERIFY(bar->height() < action->height() + 20); // one line is not higher
    }
    void aMessageBarTellsAndOffers()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        bar.showProblem(u"<b>The server</b> is gone"_s, u"line\n"_s.repeated(100));
        QVERIFY(!bar.isHidden() && bar.isProblem());
        QCOMPARE(bar.text(), u"<b>The server</b> is gone"_s);
        QVERIFY(bar.findChild<WrappedText*>(u"messageDetail"_s)->text().count(u'\n') < 6);
        int acts = 0;
        bar.setAction(u"Retry"_s, [&acts] { ++acts; });
        auto* action = bar.findChild<QPushButton*>(u"messageAction"_s);
        QVERIFY(!action->isHidden());
        QCOMPARE(action->accessibleName(), u"Retry"_s);
        action->click();
        QCOMPARE(acts, 1);
        bar.showInfo(u"Saved"_s);
        QVERIFY(action->isHidden());
        QVERIFY(!bar.isProblem());
        QSignalSpy dismissed(&bar, &MessageBar::dismissed);
        bar.findChild<QToolButton*>(u"messageClose"_s)->click();
        QVERIFY(bar.isHidden());
        QCOMPARE(dismissed.size(), 1);
    }

    void anEmptyStateOffersItsOneAct()
    {
        EmptyState state(u"No batches"_s, u"They would be here."_s, u"Submit batch…"_s);
        QSignalSpy activated(&state, &EmptyState::activated);
        state.button()->click();
        QCOMPARE(activated.size(), 1);
        state.setLoading(true);
        QVERIFY(state.button()->isHidden());
        QVERIFY(!state.findChild<QProgressBar*>(u"emptyProgress"_s)->isHidden());
        state.setLoading(false);
        QVERIFY(!state.button()->isHidden());
        state.setContent(u"None"_s, {});
        QVERIFY(state.button()->isHidden());
    }

    void anElidedLabelTellsTheRestInItsToolTip()
    {
        ElidedLabel label(u"a rather long text that cannot be shown in so little room\nand more"_s);
        label.resize(60, 20);
        QVERIFY(!label.grab().isNull());
        QVERIFY(label.toolTip().startsWith(u"a rather long"_s));
        QVERIFY(!label.text().contains(u'\n'));
        label.resize(2000, 20);
        QVERIFY(!label.grab().isNull());
        QVERIFY(label.toolTip().isEmpty());
    }

    void aToolTipShowsTextToTheLetter_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("word") << u"idle"_s;
        QTest::newRow("query") << u"https://host/x?a=1&b=2"_s;
        QTest::newRow("entity") << u"R&amp;D"_s;
        QTest::newRow("markup") << u"<b>bold</b> & more"_s;
        QTest::newRow("markup later") << u"first line\n<img src='file:///etc/passwd'>"_s;
        QTest::newRow("lines and blanks") << u"<i>a</i>  b\n\n  c"_s;
        QTest::newRow("long") << u"/home/ann/R&D/"_s.repeated(20);
    }
    void aToolTipShowsTextToTheLetter()
    {
        QFETCH(QString, text);
        QCOMPARE(test::shownToolTip(plainToolTip(text)), text);
    }
    void aLongToolTipIsWrappedAndCut()
    {
        QVERIFY(Qt::mightBeRichText(plainToolTip(u"word "_s.repeated(40)))); // Qt wraps no others
        QCOMPARE(test::shownToolTip(plainToolTip(u"&"_s.repeated(100'000))).size(), 2000);
    }
    void anElidedLabelShowsItsTextToTheLetter()
    {
        ElidedLabel label(u"<b>x</b> ?a=1&b=2 and so on and on"_s);
        label.resize(60, 20);
        QVERIFY(!label.grab().isNull());
        QCOMPARE(test::shownToolTip(label.toolTip()), label.text());
    }

    void aRoleLabelFollowsTheTheme()
    {
        QWidget window;
        RoleLabel label(u"late"_s, ColorRole::Bad, &window);
        QCOMPARE(label.palette().color(QPalette::WindowText), themeColor(ColorRole::Bad, themePalette(Qt::ColorScheme::Light)));
        applyTheme(*qApp, Qt::ColorScheme::Dark);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(label.palette().color(QPalette::WindowText), themeColor(ColorRole::Bad, themePalette(Qt::ColorScheme::Dark)));
        applyTheme(*qApp, Qt::ColorScheme::Light);
    }

    void aStateRowPaintsGlyphTextAndWords()
    {
        QStandardItemModel model(1, 1);
        model.setData(model.index(0, 0), u"12 etl"_s);
        const StateDelegate delegate([](const QModelIndex&) { return u"idle"_s; });
        QStyleOptionViewItem option;
        option.rect = QRect(0, 0, 200, 24);
        option.palette = themePalette(Qt::ColorScheme::Light);
        const auto painted = [&] {
            QImage image(200, 24, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            delegate.paint(&painter, option, model.index(0, 0));
            return image;
        };
        const QImage without = painted();
        model.setData(model.index(0, 0), static_cast<int>(StateRole::Idle), StateGlyphRole);
        const QImage with = painted();
        QVERIFY(with != without);
        QVERIFY(delegate.sizeHint(option, model.index(0, 0)).height() >= 24);
    }
};

KINDLING_TEST(ThemeTest)
#include "tst_theme.moc"
