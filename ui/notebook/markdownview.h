// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QTextDocument;

namespace kindling {

/// Markdown made readable, as high as its text. Loads nothing, from nowhere; raw HTML is shown as text.
class MarkdownView final : public QWidget {
    Q_OBJECT
public:
    explicit MarkdownView(QWidget* parent = nullptr);
    ~MarkdownView() override;

    void setMarkdown(const QString& markdown);
    /// As shown, without marks.
    [[nodiscard]] QString plainText() const;

Q_SIGNALS:
    /// Double-clicked: a person wants to write.
    void editRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();

    QString m_source;
    std::unique_ptr<QTextDocument> m_document;
};

} // namespace kindling
