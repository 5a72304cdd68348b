// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace kindling {

/// Who we are: icon, versions, licence.
class AboutDialog final : public QDialog {
    Q_OBJECT
public:
    /// Version and icon are the application's.
    explicit AboutDialog(QWidget* parent = nullptr);

    /// What a bug report wants to know, as text.
    [[nodiscard]] QString versions() const;
};

} // namespace kindling
