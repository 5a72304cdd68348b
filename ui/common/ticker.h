// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QObject>

class QWidget;

namespace kindling {

/// Does its work when a widget comes into view and then every second while the widget can be seen and there is something
/// to do: for ages that grow while nothing else changes. All tickers share one beat, so that they wake the machine once.
class Ticker final : public QObject {
public:
    /// Lives as long as `seen`, which is not shown yet. `work` gives whether there will be more to do.
    Ticker(QWidget* seen, Clock& clock, std::function<bool()> work);

    /// There is something to do again.
    void start();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Clock& m_clock;
    std::function<bool()> m_work;
    RequestHandle m_next;
    bool m_isSeen = false;
};

} // namespace kindling
