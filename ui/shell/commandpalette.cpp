// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandpalette.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/flatparts.h"
#include "ui/common/flatstyle.h"
#include "ui/common/icons.h"
#include "ui/common/statedelegate.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QAction>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostShown = 100;
constexpr int rowsInSight = 12;
constexpr int buttonIcon = 14;
constexpr int buttonGap = 20; ///< between what it is and its shortcut

/// Looks like the field that it opens.
class PaletteButton final : public QPushButton {
public:
    PaletteButton(const QString& text, const QString& shortcut, QWidget* parent)
        : QPushButton(text, parent)
        , m_shortcut(shortcut)
    {
        setAccessibleName(text);
        setToolTip(shortcut);
        setFocusPolicy(Qt::NoFocus);
        setAttribute(Qt::WA_Hover);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics = fontMetrics();
        const int words = metrics.horizontalAdvance(text()) + buttonGap + metrics.horizontalAdvance(m_shortcut);
        return { 3 * fieldPadding + buttonIcon + words, metrics.height() + 8 };
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QStyleOption field;
        field.initFrom(this);
        drawField(&field, &painter);
        const QRect inner = rect().adjusted(fieldPadding, 0, -fieldPadding, 0);
        themedIcon(u"search"_s).paint(&painter, QRect(inner.left(), (height() - buttonIcon) / 2, buttonIcon, buttonIcon));
        painter.setPen(themeColor(underMouse() ? ColorRole::Text : ColorRole::Secondary, palette()));
        const int flags = Qt::AlignVCenter | Qt::TextSingleLine;
        painter.drawText(inner.adjusted(buttonIcon + fieldPadding, 0, 0, 0), flags | Qt::AlignLeft, text());
        painter.drawText(inner, flags | Qt::AlignRight, m_shortcut);
    }

private:
    QString m_shortcut;
};
constexpr QSize roomAround{ 80, 120 };
constexpr int widest = 640;
constexpr int detailRole = Qt::UserRole;
constexpr int commandRole = Qt::UserRole + 1; ///< the place in the list of commands

struct Match {
    int score;
    qsizetype place;
};

/// The best ones, the best first; those alike as they stand.
QList<Match> bestMatches(const QList<Command>& commands, const QString& pattern)
{
    QList<Match> matches;
    for (qsizetype place = 0; place < commands.size(); ++place) {
        if (const int score = matchScore(pattern, commands.at(place).text); score > 0)
            matches += Match{ pattern.isEmpty() ? 1 : score, place };
    }
    std::ranges::stable_sort(matches, std::greater(), &Match::score);
    return matches;
}
}

CommandPalette::CommandPalette(QList<Command> commands, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
    , m_commands(std::move(commands))
    , m_text(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_hint(new ElidedLabel(QString(), this))
{
    setObjectName("commandPalette"_L1);
    setWindowTitle(tr("Commands and sessions"));
    setAttribute(Qt::WA_DeleteOnClose);
    setupWidgets();
    place();
    showMatches();
    m_text->setFocus();
}

void CommandPalette::setupWidgets()
{
    m_text->setObjectName("paletteText"_L1);
    m_text->setPlaceholderText(tr("A command, session, batch, server or tab"));
    m_text->setAccessibleName(windowTitle());
    m_text->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_text, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    m_list->setObjectName("paletteList"_L1);
    m_list->setAccessibleName(tr("Matches"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    auto* rows = new StateDelegate([](const QModelIndex& index) { return index.data(detailRole).toString(); }, m_list);
    rows->setPadding(fieldPadding); // under what is typed
    m_list->setItemDelegate(rows);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    connect(m_list, &QListWidget::currentRowChanged, this, &CommandPalette::announceCurrent);
    m_hint->setObjectName("paletteHint"_L1);
    m_hint->setColorRole(ColorRole::Secondary);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_text);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
}

void CommandPalette::place()
{
    const QWidget* window = parentWidget()->window();
    const int rows = rowsInSight * rowHeight(fontMetrics());
    const QMargins around = layout()->contentsMargins();
    const int rest = m_text->sizeHint().height() + m_hint->sizeHint().height() + 2 * layout()->spacing() + around.top() + around.bottom();
    const QSize wanted(widest, rows + rest);
    resize(wanted.boundedTo(window->size() - roomAround).expandedTo(minimumSizeHint()));
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, roomAround.height() / 3)));
}

void CommandPalette::showMatches()
{
    const QList<Match> matches = bestMatches(m_commands, m_text->text());
    m_list->clear();
    for (const Match& match : matches.first(qMin(matches.size(), qsizetype(mostShown)))) {
        const Command& command = m_commands.at(match.place);
        auto* item = new QListWidgetItem(command.text, m_list);
        item->setData(detailRole, command.detail);
        item->setData(commandRole, match.place);
        item->setData(Qt::AccessibleTextRole, command.detail.isEmpty() ? command.text : QString(command.text + u", " + command.detail));
    }
    m_list->setCurrentRow(0);
    const auto count = static_cast<int>(matches.size());
    if (count == 0)
        m_hint->setText(tr("Nothing has these letters in this order"));
    else if (count > mostShown)
        m_hint->setText(tr("The best %1 of %2").arg(QLocale().toString(mostShown), QLocale().toString(count)));
    else
        m_hint->setText(tr("Enter runs it, Escape closes"));
}

void CommandPalette::announceCurrent()
{
    // The focus stays in the field: a screen reader would not notice otherwise.
    const QListWidgetItem* item = m_list->currentItem();
    if (!item || !isVisible())
        return;
    QAccessibleAnnouncementEvent announcement(m_text, item->data(Qt::AccessibleTextRole).toString());
    QAccessible::updateAccessibility(&announcement);
}

void CommandPalette::paintEvent(QPaintEvent* event)
{
    QDialog::paintEvent(event);
    // No window manager draws its edge.
    QPainter painter(this);
    painter.setPen(themeColor(ColorRole::Ended, palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    default: // all other keys edit the text
        return QDialog::eventFilter(watched, event);
    }
}

QWidget* makePaletteButton(QAction* open, QWidget* parent)
{
    auto* holder = new QWidget(parent);
    auto* button = new PaletteButton(CommandPalette::tr("Commands and sessions"), open->shortcut().toString(QKeySequence::NativeText), holder);
    button->setObjectName("paletteButton"_L1);
    QObject::connect(button, &QPushButton::clicked, open, &QAction::trigger);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(8, 2, 12, 2);
    row->addWidget(button);
    return holder;
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    // It may open a dialog of its own, or close the window.
    const std::function<void()> run = m_commands.at(item->data(commandRole).toLongLong()).run;
    QMetaObject::invokeMethod(parentWidget(), run, Qt::QueuedConnection);
    accept();
}

} // namespace kindling
