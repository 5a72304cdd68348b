// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/output.h"
#include "app/results/rendering.h"

#include <QList>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QVBoxLayout;

namespace kindling {

class RoleLabel;

/// One output: its pages (table, picture, text, error, JSON, raw), with tabs where there are several.
class OutputBlock final : public QWidget {
    Q_OBJECT
public:
    /// `rendering` is what renderOutput() makes of it.
    OutputBlock(const Output& output, const Rendering& rendering, QWidget* parent = nullptr);

    /// Titles of the pages in their order.
    [[nodiscard]] QStringList pageTitles() const;
    void showPage(int page);

Q_SIGNALS:
    void pageShown();

private:
    enum class Page { Table, Picture, Error, Text, Html, Json, Raw };

    void listPages();
    void buildTabs();
    [[nodiscard]] static QString titleOf(Page page);
    [[nodiscard]] QWidget* makePage(Page page);
    [[nodiscard]] QWidget* makeError();
    [[nodiscard]] QWidget* makeText(const QString& text, const QString& label);
    [[nodiscard]] QString noteText() const;

    Output m_output;
    Rendering m_rendering;
    QList<Page> m_pages;
    QButtonGroup* m_tabs;
    QVBoxLayout* m_column;
    QWidget* m_current = nullptr;
};

/// Everything a cell gave, below its code; what is large is read in a worker. Hidden while there is nothing.
class OutputView final : public QWidget {
    Q_OBJECT
public:
    explicit OutputView(QWidget* parent = nullptr);

    void showOutputs(const QList<Output>& outputs);
    /// A run that ended without any output of its own: refused, lost, or never sent. An empty title takes it away.
    void showProblem(const QString& title, const QString& detail);
    /// Offers to save what was too large to be shown, below the problem and as long as that is there.
    void offerSaving();

Q_SIGNALS:
    /// Its widgets are others now.
    void contentChanged();
    void savingRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void take(const Output& output);
    void readInWorker(const Output& output);
    [[nodiscard]] QWidget* makeBlock(const Output& output, const Rendering& rendering);
    void put(QWidget* block);
    void noteContent();

    QVBoxLayout* m_column;
    QWidget* m_problem = nullptr;
    QList<Output> m_outputs;
    QWidgetList m_blocks;
};

/// An error's title in the bad colour and its text below; used for tracebacks and for refusals alike.
[[nodiscard]] QWidget* makeErrorPage(const QString& title, const QString& text, QWidget* parent);

} // namespace kindling
