// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/flatstyle.h"

#include "ui/common/flatparts.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QPainter>
#include <QWidget>

namespace kindling {

namespace {
// Wide enough to be caught, but only one line is seen.
constexpr int separatorExtent = 5;
constexpr int tabCloseExtent = 16;
constexpr int barButtonPadding = 24;
constexpr int lineEditMargin = 2; ///< which QLineEdit adds by itself
constexpr int comboTextMargin = 1; ///< which Fusion adds by itself

/// Fusion cuts a long choice anywhere, and does not tell.
QStyleOptionComboBox elided(const QStyleOptionComboBox& combo, int room)
{
    QStyleOptionComboBox shown(combo);
    const int icon = combo.currentIcon.isNull() ? 0 : combo.iconSize.width() + 4;
    shown.currentText = combo.fontMetrics.elidedText(combo.currentText, Qt::ElideRight, room - icon - 2 * comboTextMargin);
    return shown;
}
}

FlatStyle::FlatStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void FlatStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    // The underline of a mnemonic parts letters that are measured as drawn closer: the last one would be cut.
    auto* label = qobject_cast<QLabel*>(widget);
    if (!label || !label->buddy() || !label->font().kerning())
        return;
    QFont font = label->font();
    font.setKerning(false);
    label->setFont(font);
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element == PE_PanelButtonCommand)
        return drawPushPanel(option, painter, widget);
    if (element == PE_PanelButtonTool)
        return drawToolPanel(option, painter, widget);
    if (element == PE_PanelLineEdit) {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0)
            drawField(option, painter);
        return;
    }
    if (element == PE_FrameLineEdit)
        return;
    if (element == PE_FrameFocusRect && !qobject_cast<const QWidget*>(widget))
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (element == PE_FrameFocusRect) {
        if (!widget->property(primaryProperty).toBool() && !widget->inherits("QPushButton"))
            drawBox(painter, option->rect, {}, themeColor(ColorRole::Accent, option->palette));
        return;
    }
    if (element == PE_Frame) {
        painter->save();
        painter->setPen(themeColor(ColorRole::Line, option->palette));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck || element == PE_IndicatorRadioButton)
        return drawIndicator(option, painter, element == PE_IndicatorRadioButton);
    if (element == PE_PanelTipLabel) {
        painter->setPen(themeColor(ColorRole::Ended, option->palette));
        painter->setBrush(option->palette.color(QPalette::ToolTipBase));
        return painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    }
    if (element == PE_IndicatorTabClose)
        return drawTabClose(option, painter);
    if (element == PE_IndicatorDockWidgetResizeHandle)
        return drawSeparator(option, painter);
    if (element == PE_FrameTabBarBase) {
        const QRect rect = option->rect;
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), themeColor(ColorRole::Line, option->palette));
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

bool FlatStyle::drawLabel(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    // The text of a dense header stands over that of its cells (CellDelegate).
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    if (element == CE_HeaderLabel && header && widget && widget->property("isDense").toBool()) {
        QStyleOptionHeader inset(*header);
        inset.rect.adjust(6, 0, -6, 0);
        QProxyStyle::drawControl(element, &inset, painter, widget);
        return true;
    }
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (element == CE_ComboBoxLabel && combo && !combo->editable) {
        const QStyleOptionComboBox shown = elided(*combo, subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget).width());
        QProxyStyle::drawControl(element, &shown, painter, widget);
        return true;
    }
    // What is on has the selection's colour, which takes an ink of its own where it is not ours.
    if (!has(option, State_On) || toneOf(option->palette) != ThemeTone::HighContrast)
        return false;
    const QColor ink = option->palette.color(QPalette::HighlightedText);
    if (const auto* push = qstyleoption_cast<const QStyleOptionButton*>(option); element == CE_PushButtonLabel && push) {
        QStyleOptionButton shown(*push);
        shown.palette.setColor(QPalette::ButtonText, ink);
        QProxyStyle::drawControl(element, &shown, painter, widget);
        return true;
    }
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option); element == CE_ToolButtonLabel && tool && !unfolds(widget)) {
        QStyleOptionToolButton shown(*tool);
        shown.palette.setColor(QPalette::ButtonText, ink);
        QProxyStyle::drawControl(element, &shown, painter, widget);
        return true;
    }
    return false;
}

void FlatStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element == CE_TabBarTabShape)
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            return drawTab(tab, painter);
    if (drawLabel(element, option, painter, widget))
        return;
    if (element == CE_HeaderSection)
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return drawHeader(header, painter, widget);
    if (element == CE_MenuBarItem)
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return drawMenuBarItem(item, painter, *proxy(), widget);
    if (element == CE_MenuBarEmptyArea)
        return painter->fillRect(option->rect, themeColor(ColorRole::Window, option->palette));
    if (element == CE_ProgressBarGroove || element == CE_ProgressBarContents)
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            return drawProgress(bar, painter, element == CE_ProgressBarGroove);
    if (element == CE_HeaderEmptyArea || element == CE_ToolBar) {
        painter->fillRect(option->rect, themeColor(ColorRole::Window, option->palette));
        const QRect rect = option->rect;
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), themeColor(ColorRole::Line, option->palette));
        return;
    }
    if (element == CE_Splitter) {
        painter->fillRect(option->rect, themeColor(ColorRole::Line, option->palette));
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option); control == CC_ToolButton && tool) {
        // A button that is nothing but a menu needs no second arrow to say so.
        QStyleOptionToolButton plain = *tool;
        if (plain.toolButtonStyle == Qt::ToolButtonIconOnly)
            plain.features &= ~QStyleOptionToolButton::HasMenu;
        return QProxyStyle::drawComplexControl(control, &plain, painter, widget);
    }
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); control == CC_SpinBox && spin) {
        drawField(spin, painter);
        const auto arrow = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag step, int direction) {
            const bool isEnabled = spin->stepEnabled.testFlag(step) && has(spin, State_Enabled);
            drawChevron(painter, subControlRect(CC_SpinBox, spin, part, widget),
                themeColor(isEnabled ? ColorRole::Secondary : ColorRole::Line, spin->palette), direction);
        };
        arrow(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, -1);
        arrow(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, 1);
        return;
    }
    const auto* combo = control == CC_ComboBox ? qstyleoption_cast<const QStyleOptionComboBox*>(option) : nullptr;
    if (!combo)
        return QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (combo->editable) {
        drawField(combo, painter);
    } else {
        QStyleOptionButton panel;
        panel.QStyleOption::operator=(*combo);
        if (!combo->frame)
            panel.features |= QStyleOptionButton::Flat;
        panel.state &= ~State_On;
        drawPushPanel(&panel, painter, widget);
    }
    drawChevron(painter, subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, widget),
        themeColor(has(combo, State_Enabled) ? ColorRole::Secondary : ColorRole::Ended, combo->palette));
}

QSize FlatStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        wanted.rwidth() += fieldPadding;
    if (type == CT_MenuBarItem)
        return size + QSize(14, 12);
    if (type == CT_TabBarTab) // with a cross or without
        wanted.setHeight(qMax(wanted.height(), option->fontMetrics.height() + 20));
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (type != CT_PushButton || !button || button->text.isEmpty())
        return wanted;
    // Those in bars are as wide as their words; buttons of dialogs are alike.
    const auto* push = qobject_cast<const QAbstractButton*>(widget);
    const bool isMenu = (push && push->isCheckable()) || button->features.testFlag(QStyleOptionButton::HasMenu);
    const bool isInDialog = widget && qobject_cast<const QDialog*>(widget->window());
    wanted.setWidth(isInDialog && !isMenu ? wanted.width() + 10 : size.width() + (isMenu ? barButtonPadding : barButtonPadding - 6));
    return wanted;
}

QRect FlatStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element != SE_LineEditContents || !frame || frame->lineWidth <= 0)
        return rect;
    // A symbol at its start makes room by itself.
    const bool hasSymbol = widget && !widget->actions().isEmpty();
    const int shift = fieldPadding - lineEditMargin - frame->lineWidth;
    return hasSymbol ? rect : rect.adjusted(shift, 0, -shift, 0);
}

QRect FlatStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    int left = -1;
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo && part == SC_ComboBoxEditField && combo->frame && combo->currentIcon.isNull())
        left = fieldPadding - (combo->editable ? lineEditMargin : comboTextMargin);
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        left = fieldPadding - lineEditMargin;
    if (left < 0)
        return rect;
    rect = visualRect(option->direction, option->rect, rect);
    rect.setLeft(option->rect.left() + left);
    return visualRect(option->direction, option->rect, rect);
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0; // a symbol would stand on some of them only
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    if (metric == PM_SplitterWidth)
        return 1;
    if (metric == PM_ToolTipLabelFrameWidth)
        return 5;
    if (metric == PM_DockWidgetSeparatorExtent)
        return separatorExtent;
    if (metric == PM_TabCloseIndicatorWidth || metric == PM_TabCloseIndicatorHeight)
        return tabCloseExtent;
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight || metric == PM_ExclusiveIndicatorWidth || metric == PM_ExclusiveIndicatorHeight)
        return indicatorExtent;
    if (metric == PM_TabBarTabHSpace)
        return 28;
    if (metric == PM_TabBarTabVSpace)
        return 18;
    if (metric == PM_ButtonShiftHorizontal || metric == PM_ButtonShiftVertical || metric == PM_TabBarTabShiftVertical)
        return 0;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

} // namespace kindling
