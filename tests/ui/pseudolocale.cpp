// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pseudolocale.h"

#include <QRegularExpression>
#include <QtWidgets>

#include <algorithm>

namespace kindling::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int headerInset = 12;

QStringList cellTexts(const QAbstractItemModel& model, const QModelIndex& parent)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : { Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole })
                texts.append(index.data(role).toString());
        }
        texts += cellTexts(model, model.index(row, 0, parent));
    }
    return texts;
}

QStringList viewTexts(const QAbstractItemView& view)
{
    const QAbstractItemModel* model = view.model();
    if (!model)
        return {};
    QStringList texts = cellTexts(*model, {});
    for (int column = 0; column < model->columnCount(); ++column) {
        for (const int role : { Qt::DisplayRole, Qt::ToolTipRole })
            texts.append(model->headerData(column, Qt::Horizontal, role).toString());
    }
    return texts;
}

/// What a person reads of a widget itself, not of its children.
QStringList ownTexts(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return { label->text() };
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return { button->text() };
    if (const auto* edit = qobject_cast<const QLineEdit*>(&widget))
        return { edit->placeholderText() };
    if (const auto* edit = qobject_cast<const QPlainTextEdit*>(&widget))
        return { edit->placeholderText() };
    if (const auto* box = qobject_cast<const QGroupBox*>(&widget))
        return { box->title() };
    if (const auto* spin = qobject_cast<const QSpinBox*>(&widget))
        return { spin->specialValueText(), spin->prefix(), spin->suffix() };
    if (qobject_cast<const QHeaderView*>(&widget))
        return {};
    if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget))
        return viewTexts(*view);
    QStringList texts;
    if (const auto* bar = qobject_cast<const QTabBar*>(&widget)) {
        for (int index = 0; index < bar->count(); ++index)
            texts << bar->tabText(index) << bar->tabToolTip(index);
    }
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
        for (int index = 0; index < box->count(); ++index)
            texts.append(box->itemText(index));
    }
    return texts;
}

QStringList textsOf(const QWidget& widget)
{
    QStringList texts = ownTexts(widget);
    texts << widget.toolTip() << widget.accessibleName() << widget.windowTitle();
    for (const QAction* action : widget.actions())
        texts << action->text() << action->toolTip();
    return texts;
}

/// The first column name that is wider than its column.
QString cutHeader(const QHeaderView& header)
{
    const QFontMetrics metrics(header.font());
    for (int section = 0; header.model() && header.orientation() == Qt::Horizontal && section < header.count(); ++section) {
        const QString text = header.model()->headerData(section, Qt::Horizontal).toString();
        if (!header.isSectionHidden(section) && !text.isEmpty() && header.sectionSize(section) < metrics.horizontalAdvance(text) + headerInset)
            return text;
    }
    return {};
}

/// Is a fixed text shown in less room than it needs?
bool isCut(const QWidget& widget)
{
    // Docks behind the one in front are visible to Qt, but stand outside the window.
    const auto* area = qobject_cast<const QAbstractScrollArea*>(&widget);
    if (!widget.isVisible() || (area ? area->viewport() : &widget)->visibleRegion().isEmpty())
        return false;
    if (const auto* header = qobject_cast<const QHeaderView*>(&widget))
        return !cutHeader(*header).isEmpty();
    const auto* label = qobject_cast<const QLabel*>(&widget);
    if (label && label->wordWrap())
        return label->height() + 1 < label->heightForWidth(label->width());
    const bool isFixed = (label && label->pixmap().isNull()) || qobject_cast<const QAbstractButton*>(&widget);
    return isFixed && widget.width() + 1 < widget.minimumSizeHint().width();
}

/// Is it of a child that stands beyond the edge of its parent?
bool isOutside(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    return parent && widget.isVisible() && !widget.isWindow() && qobject_cast<const QAbstractButton*>(&widget)
        && !parent->inherits("QTabBar") && widget.geometry().right() > parent->rect().right() + 1;
}

QString nameOf(const QWidget& widget)
{
    return QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName();
}

}

PseudoLocale::PseudoLocale()
    : m_isLoaded(m_translator.load(u":/i18n/kindling_xx.qm"_s) && QCoreApplication::installTranslator(&m_translator))
{
}

PseudoLocale::~PseudoLocale()
{
    QCoreApplication::removeTranslator(&m_translator);
}

QString untranslatedPart(const QString& text, const QStringList& raw)
{
    QString rest;
    int depth = 0;
    for (const QChar c : text) {
        depth += static_cast<int>(c == u'[');
        if (depth == 0)
            rest += c;
        depth -= static_cast<int>(c == u']' && depth > 0);
    }
    // Qt's own words come with Qt's own translations.
    static const QStringList qtWords{ u"Cancel"_s, u"Close"_s, u"Close Tab"_s, u"Scroll Left"_s, u"Scroll Right"_s };
    QStringList known = raw + qtWords;
    std::ranges::sort(known, std::ranges::greater(), &QString::size);
    for (const QString& word : std::as_const(known))
        rest.remove(word);
    static const QRegularExpression word(u"[A-Za-z]{3}"_s);
    static const QRegularExpression address(u"\\S+://\\S*|<[^>]*>"_s);
    rest.remove(address);
    return rest.contains(word) ? rest.trimmed() : QString();
}

QStringList textProblems(const QWidget& top, const QStringList& raw)
{
    QStringList problems;
    QList<const QWidget*> widgets{ &top };
    for (const QWidget* widget : top.findChildren<QWidget*>())
        widgets.append(widget);
    for (const QWidget* widget : std::as_const(widgets)) {
        if (widget->objectName().startsWith("qt_"_L1))
            continue;
        const QStringList texts = textsOf(*widget);
        for (const QString& text : texts) {
            if (const QString rest = untranslatedPart(text, raw); !rest.isEmpty())
                problems.append(u"untranslated: %1: %2"_s.arg(nameOf(*widget), rest));
        }
        const auto* header = qobject_cast<const QHeaderView*>(widget);
        const QString shown = header ? cutHeader(*header) : ownTexts(*widget).join(QString());
        if (!shown.isEmpty() && isCut(*widget))
            problems.append(u"cut off: %1: %2 in %3 x %4"_s.arg(nameOf(*widget), shown.left(200)).arg(widget->width()).arg(widget->height()));
        if (isOutside(*widget))
            problems.append(u"outside: %1: %2"_s.arg(nameOf(*widget), texts.join(u'|').left(200)));
    }
    problems.removeDuplicates();
    return problems;
}

} // namespace kindling::test
