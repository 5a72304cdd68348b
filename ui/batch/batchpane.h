// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/itempane.h"

class QPushButton;

namespace kindling {

/// One batch: its state, what is known of it, the states it was in, and what can be done with it.
class BatchPane final : public ItemPane {
    Q_OBJECT
public:
    explicit BatchPane(const ItemSubject& subject, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<PageFact> facts() const override;
    void updateButtons() override;

private:
    QPushButton* m_copy;
    QPushButton* m_delete;
};

} // namespace kindling
