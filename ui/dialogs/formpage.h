// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QWidget;

namespace kindling {

// The fields of a request, all alike. `name` is the wire's name of a field: its object name, and the way to its label.

/// A form that fills `page` from side to side.
QFormLayout* makeForm(QWidget* page);
QLineEdit* makeLineField(const QString& name, const QString& hint, QWidget* parent);
/// A few lines in the code font; Tab leaves it.
QPlainTextEdit* makeTextField(const QString& name, QWidget* parent);

} // namespace kindling
