// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;

namespace kindling {

class LinkButton;
class WrappedText;

/// One line of a page: what it is, and its value. With a `link` the value is a button that opens it; with `revealed`,
/// the value leaves out what is secret, and that is all of it.
struct PageFact {
    QString label;
    QString value;
    QUrl link;
    QString toolTip;
    QString revealed = {};

    friend bool operator==(const PageFact&, const PageFact&) = default;
};

/// Can a view of the one show the other?
[[nodiscard]] bool isAlike(const PageFact& fact, const PageFact& other);

/// The value of a fact. What is secret in it is shown when a person asks for it, not before.
class FactView final : public QWidget {
    Q_OBJECT
public:
    explicit FactView(const PageFact& fact, QWidget* parent = nullptr);

    /// Another value of a fact alike; focus stays, and so does the selection where the text is the same.
    void setFact(const PageFact& fact);
    [[nodiscard]] const PageFact& fact() const { return m_fact; }

Q_SIGNALS:
    void linkActivated(const QUrl& url);

private:
    void addText();
    void addLongText();
    void addLink();
    void addReveal();
    void showFact();

    PageFact m_fact;
    bool m_isRevealed = false;
    QLabel* m_text = nullptr;
    WrappedText* m_longText = nullptr; ///< in its place, where a word may be longer than a line
    LinkButton* m_link = nullptr;
    LinkButton* m_reveal = nullptr;
};

} // namespace kindling
