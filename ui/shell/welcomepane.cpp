// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/welcomepane.h"

#include "ui/common/linkbutton.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/theme.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int contentWidth = 640;
constexpr int logoSize = 56;
constexpr qsizetype maxRecent = 8;

QLabel* makeHeading(const QString& text, qreal factor, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * factor);
    label->setFont(font);
    return label;
}

QLabel* makeSecondary(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}
}

WelcomePane::WelcomePane(QWidget* parent)
    : QWidget(parent)
    , m_recent(new QWidget(this))
    , m_recentLayout(new QVBoxLayout(m_recent))
{
    setObjectName(u"welcomePane"_s);
    auto* logo = new QLabel(this);
    logo->setPixmap(QIcon(u":/icons/kindling.svg"_s).pixmap(logoSize, logoSize));
    auto* title = makeHeading(tr("Kindling"), 1.9, this);
    auto* text = makeSecondary(tr("Write and run Spark code, and watch every session and batch of your Livy servers."), this);
    auto* head = new QGridLayout;
    head->setHorizontalSpacing(16);
    head->setVerticalSpacing(4);
    head->addWidget(logo, 0, 0, 4, 1, Qt::AlignVCenter);
    head->setRowStretch(0, 1);
    head->addWidget(title, 1, 1);
    head->addWidget(text, 2, 1);
    head->setRowStretch(3, 1);
    head->setColumnStretch(1, 1);

    auto* content = new QWidget(this);
    content->setMaximumWidth(contentWidth);
    auto* column = new QVBoxLayout(content);
    column->setSpacing(24);
    column->addLayout(head);
    column->addWidget(makeActs());
    column->addWidget(m_recent);
    m_recentLayout->setContentsMargins(0, 0, 0, 0);
    m_recentLayout->setSpacing(4);
    m_recent->hide();

    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->addStretch(2);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(content, 100); // an alignment would cut wrapped text: it ignores height for width
    row->addStretch(1);
    layout->addLayout(row);
    layout->addStretch(3);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

QWidget* WelcomePane::makeActs()
{
    auto* acts = new QWidget(this);
    auto* grid = new QGridLayout(acts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(12);
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const QString& label, const QString& explanation, const QString& name, auto signal) {
        auto* button = new QPushButton(label, acts);
        button->setObjectName(name);
        button->setMinimumHeight(34);
        QString plain = label;
        button->setAccessibleName(plain.remove(u'&'));
        connect(button, &QPushButton::clicked, this, signal);
        grid->addWidget(button, row, 0);
        grid->addWidget(makeSecondary(explanation, acts), row++, 1);
        return button;
    };
    auto* first = add(tr("Start &local Spark"), tr("Real Spark on this machine. Nothing to configure."),
        u"startLocalButton"_s, &WelcomePane::startLocalRequested);
    makePrimary(first);
    add(tr("&Add server…"), tr("Apache Livy 0.7 to 0.9, also behind a gateway."), u"connectButton"_s,
        &WelcomePane::connectRequested);
    add(tr("&Open a notebook…"), tr("A .ipynb file of Kindling, Jupyter or sparkmagic."), u"openButton"_s,
        &WelcomePane::openRequested);
    add(tr("&New notebook"), tr("PySpark, Scala and SQL cells that share one session."), u"newNotebookButton"_s,
        &WelcomePane::newNotebookRequested);
    add(tr("Try the &sample"), tr("A short notebook on Local Spark: a table, a plot, an error."), u"sampleButton"_s,
        &WelcomePane::sampleRequested);
    acts->setMinimumHeight(grid->minimumSize().height()); // wrapped text lets a layout be squeezed
    return acts;
}

void WelcomePane::setRecentNotebooks(const QStringList& paths)
{
    while (QLayoutItem* item = m_recentLayout->takeAt(0)) {
        if (QWidget* old = item->widget()) {
            old->hide(); // until it is gone it would be seen through the new ones
            old->deleteLater();
        }
        std::unique_ptr<QLayoutItem>(item).reset();
    }
    m_recent->setVisible(!paths.isEmpty());
    if (paths.isEmpty())
        return;
    m_recentLayout->addWidget(makeHeading(tr("Recent notebooks"), 1.0, m_recent));
    for (const QString& path : paths.first(std::min(paths.size(), maxRecent))) {
        auto* link = new LinkButton(QFileInfo(path).fileName(), m_recent);
        link->setToolTip(plainToolTip(path));
        link->setAccessibleName(link->text());
        link->setObjectName(u"recentNotebook"_s);
        connect(link, &LinkButton::clicked, this, [this, path] { Q_EMIT openPathRequested(path); });
        m_recentLayout->addWidget(link, 0, Qt::AlignLeft);
    }
}

} // namespace kindling
