// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMainWindow;

namespace kindling {

class ElidedLabel;
class RoleLabel;
class Server;
struct Services;

/// The status bar: counts per server, the age of what is shown and how much is asked at the left, Local Spark at the right.
class StatusLine final : public QObject {
    Q_OBJECT
public:
    StatusLine(const Services& services, QMainWindow* window);

private:
    void update();
    void updateSoon();
    /// "2 running, 1 failed"; empty for neither
    [[nodiscard]] static QString countsOf(Server* server);
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] QString ageWords() const;
    void showRate();

    const Services& m_services;
    ElidedLabel* m_counts;
    ElidedLabel* m_age;
    RoleLabel* m_rate;
    ElidedLabel* m_local;
    bool m_isUpdateDue = false;
};

} // namespace kindling
