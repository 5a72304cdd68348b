// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/itempane.h"
#include "ui/common/outputwidgets.h"

class QPushButton;

namespace kindling {

class StatementsPage;

/// One session: its state and when it would end, what is known of it, its statements, the states it was in, and what can
/// be done with it.
class SessionPane final : public ItemPane {
    Q_OBJECT
public:
    explicit SessionPane(const ItemSubject& subject, QWidget* parent = nullptr);
    /// `outputs` shows what its statements gave.
    SessionPane(const ItemSubject& subject, OutputWidgets outputs, QWidget* parent = nullptr);

Q_SIGNALS:
    void notebookRequested(const kindling::ItemKey& key);
    void pythonRestartRequested(const kindling::ItemKey& key);
    void stopRequested(const kindling::ItemKey& key);

protected:
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<PageFact> facts() const override;
    void updateButtons() override;

private:
    [[nodiscard]] QList<PageFact> expiryFacts() const;
    [[nodiscard]] PageFact countdown(const QString& label, const QDateTime& end, const QString& words) const;
    /// `why` nothing may be changed; empty = it may.
    void explainButtons(const QString& why);
    void updateStatements();

    QPushButton* m_notebook;
    QPushButton* m_keepAlive;
    QPushButton* m_copy;
    QPushButton* m_restartPython;
    QPushButton* m_stop;
    QPushButton* m_delete;
    StatementsPage* m_statements = nullptr; ///< null = there are no records
};

} // namespace kindling
