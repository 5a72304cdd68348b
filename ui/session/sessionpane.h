// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/itempane.h"

class QPushButton;

namespace kindling {

/// One session: its state, what is known of it, the states it was in, and what can be done with it.
class SessionPane final : public ItemPane {
    Q_OBJECT
public:
    explicit SessionPane(const ItemSubject& subject, QWidget* parent = nullptr);

Q_SIGNALS:
    void notebookRequested(const kindling::ItemKey& key);
    void pythonRestartRequested(const kindling::ItemKey& key);

protected:
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<PageFact> facts() const override;
    void updateButtons() override;

private:
    QPushButton* m_notebook;
    QPushButton* m_copy;
    QPushButton* m_restartPython;
    QPushButton* m_delete;
};

} // namespace kindling
