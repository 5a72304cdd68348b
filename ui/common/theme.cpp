// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/flatstyle.h"
#include "ui/common/icons.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPushButton>
#include <QStyleHints>

#include <cmath>

namespace kindling {

namespace {

struct Shades {
    ColorRole role;
    QRgb light;
    QRgb dark;
};

constexpr Shades shades[] = {
    { ColorRole::Window, 0xfff4f5f7, 0xff1e2126 },
    { ColorRole::Base, 0xffffffff, 0xff16181c },
    { ColorRole::Alternate, 0xfff8f9fb, 0xff1b1e23 },
    { ColorRole::Text, 0xff1f2328, 0xffe6e8eb },
    { ColorRole::Secondary, 0xff57606a, 0xffaab4be },
    { ColorRole::Line, 0xffd8dde3, 0xff33383f },
    { ColorRole::Selection, 0xffdbeafe, 0xff1d3b66 },
    { ColorRole::Button, 0xfff8f9fb, 0xff262a30 },
    { ColorRole::Accent, 0xff1f6feb, 0xff4c9aff },
    { ColorRole::PrimaryFill, 0xff1f6feb, 0xff1f6feb },
    { ColorRole::PrimaryText, 0xffffffff, 0xffffffff },
    { ColorRole::Good, 0xff146c2e, 0xff4ac26b },
    { ColorRole::Active, 0xff0a5cc0, 0xff79b8ff },
    { ColorRole::Waiting, 0xff8a5a00, 0xffd4a72c },
    { ColorRole::Bad, 0xffc01f2b, 0xffff8583 },
    { ColorRole::Ended, 0xff5f6872, 0xff9ca7b3 },
    { ColorRole::MarkBackground, 0xfffff8c5, 0xff3d3012 },
    { ColorRole::AnsiMagenta, 0xff8a3ab9, 0xffd2a8ff },
};

/// `share` percent of the one, the rest of the other.
QColor mixed(const QColor& one, const QColor& other, int share)
{
    const auto part = [share](int a, int b) { return (a * share + b * (100 - share)) / 100; };
    return QColor(part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue()));
}

QColor ownColor(ColorRole role, const QPalette& palette)
{
    switch (role) {
    case ColorRole::Window: return palette.color(QPalette::Window);
    case ColorRole::Base: return palette.color(QPalette::Base);
    case ColorRole::MarkBackground: return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 30);
    case ColorRole::Alternate: return palette.color(QPalette::AlternateBase);
    case ColorRole::Selection:
    case ColorRole::PrimaryFill:
    case ColorRole::Accent: return palette.color(QPalette::Highlight);
    case ColorRole::PrimaryText: return palette.color(QPalette::HighlightedText);
    case ColorRole::Button: return palette.color(QPalette::Button);
    case ColorRole::Text:
    case ColorRole::Secondary:
    case ColorRole::Line:
    case ColorRole::Good:
    case ColorRole::Active:
    case ColorRole::Waiting:
    case ColorRole::Bad:
    case ColorRole::Ended:
    case ColorRole::AnsiMagenta: break;
    }
    return palette.color(QPalette::Text);
}

QColor shade(ColorRole role, bool isDark)
{
    for (const Shades& entry : shades)
        if (entry.role == role)
            return QColor::fromRgb(isDark ? entry.dark : entry.light);
    Q_UNREACHABLE_RETURN({});
}

double luminance(const QColor& color)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    const double red = linear(color.redF());
    const double green = linear(color.greenF());
    const double blue = linear(color.blueF());
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/// Remembers the chosen scheme between two calls of applyTheme; lives as a child of the application.
class ThemeChoice final : public QObject {
    Q_OBJECT
public:
    explicit ThemeChoice(QApplication& app)
        : QObject(&app)
        , m_app(app)
    {
        QApplication::setStyle(new FlatStyle);
        initIcons();
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &ThemeChoice::apply);
    }
    void choose(Qt::ColorScheme scheme)
    {
        m_scheme = scheme;
        apply();
    }

private:
    void apply()
    {
        QApplication::setPalette(QPalette());
        if (toneOf(QApplication::palette()) == ThemeTone::HighContrast)
            return;
        const auto scheme = m_scheme == Qt::ColorScheme::Unknown ? QGuiApplication::styleHints()->colorScheme() : m_scheme;
        QApplication::setPalette(themePalette(scheme));
    }

    QApplication& m_app;
    Qt::ColorScheme m_scheme = Qt::ColorScheme::Unknown;
};

}

ThemeTone toneOf(const QPalette& palette)
{
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    if (contrastRatio(palette.color(QPalette::Active, QPalette::WindowText), window) > 19.4)
        return ThemeTone::HighContrast;
    return palette.color(QPalette::Active, QPalette::Base).lightness() < 128 ? ThemeTone::Dark : ThemeTone::Light;
}

QColor themeColor(ColorRole role, const QPalette& palette)
{
    const ThemeTone tone = toneOf(palette);
    return tone == ThemeTone::HighContrast ? ownColor(role, palette) : shade(role, tone == ThemeTone::Dark);
}

QPalette themePalette(Qt::ColorScheme scheme)
{
    const bool isDark = scheme == Qt::ColorScheme::Dark;
    const auto of = [isDark](ColorRole role) { return shade(role, isDark); };
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, ColorRole color) { palette.setColor(QPalette::All, role, of(color)); };
    set(QPalette::Window, ColorRole::Window);
    set(QPalette::WindowText, ColorRole::Text);
    set(QPalette::Base, ColorRole::Base);
    set(QPalette::AlternateBase, ColorRole::Alternate);
    set(QPalette::Text, ColorRole::Text);
    set(QPalette::PlaceholderText, ColorRole::Secondary);
    set(QPalette::Button, ColorRole::Button);
    set(QPalette::ButtonText, ColorRole::Text);
    set(QPalette::BrightText, ColorRole::Bad);
    set(QPalette::Highlight, ColorRole::Selection);
    set(QPalette::HighlightedText, ColorRole::Text);
    set(QPalette::Accent, ColorRole::Accent);
    set(QPalette::Link, ColorRole::Active);
    set(QPalette::LinkVisited, ColorRole::Active);
    set(QPalette::ToolTipBase, ColorRole::Base);
    set(QPalette::ToolTipText, ColorRole::Text);
    set(QPalette::Light, ColorRole::Base);
    set(QPalette::Midlight, ColorRole::Line);
    set(QPalette::Mid, ColorRole::Line);
    set(QPalette::Dark, ColorRole::Ended);
    set(QPalette::Shadow, ColorRole::Secondary);
    const QColor faint = mixed(of(ColorRole::Secondary), of(ColorRole::Window), 72);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText, QPalette::PlaceholderText })
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

void applyTheme(QApplication& app, Qt::ColorScheme scheme)
{
    auto* choice = app.findChild<ThemeChoice*>(Qt::FindDirectChildrenOnly);
    if (!choice)
        choice = new ThemeChoice(app);
    choice->choose(scheme);
}

double contrastRatio(const QColor& one, const QColor& other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}

QFont secondaryFont(const QFont& font)
{
    QFont smaller = font;
    if (font.pixelSize() > 0)
        smaller.setPixelSize(qMax(11, font.pixelSize() - 1));
    else
        smaller.setPointSizeF(qMax(8.25, font.pointSizeF() - 1));
    return smaller;
}

QFont codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QFontInfo(QApplication::font()).pointSizeF());
    font.setStyleHint(QFont::Monospace);
    return font;
}

void makePrimary(QPushButton* button)
{
    button->setProperty(primaryProperty, true);
    QPalette palette = button->palette();
    const QColor text = themeColor(ColorRole::PrimaryText, palette);
    palette.setColor(QPalette::Active, QPalette::ButtonText, text);
    palette.setColor(QPalette::Inactive, QPalette::ButtonText, text);
    button->setPalette(palette);
}

} // namespace kindling

#include "theme.moc"
