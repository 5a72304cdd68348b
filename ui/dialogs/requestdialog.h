// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/requestpreview.h"

#include <QDialog>

class QFormLayout;
class QPushButton;
class QToolButton;

namespace kindling {

class ResourceFields;
class RoleLabel;

/// What asking for a session and asking for a batch have in common: a form, more fields on demand, the request as it
/// will be sent, one button that sends it. Opened with open(); `accepted` says that the person wants it.
class RequestDialog : public QDialog {
    Q_OBJECT
public:
    [[nodiscard]] bool isRaw() const { return m_preview->isRaw(); }
    /// The request as edited by hand; to be sent where isRaw().
    [[nodiscard]] QByteArray rawJson() const { return m_preview->json(); }

protected:
    RequestDialog(const QString& acceptLabel, JsonCheck check, QWidget* parent);
    /// Adds a row above "More"; its label is as wide as those below.
    void addRow(const QString& label, QWidget* field);
    [[nodiscard]] ResourceFields* resources() const { return m_resources; }
    /// The request of the form as it would be sent.
    [[nodiscard]] virtual QByteArray formJson() const = 0;
    /// A sentence about the first field that cannot be sent; empty = fine.
    [[nodiscard]] virtual QString formProblem() const = 0;
    /// May be sent as it is, though nothing is worth a sentence yet (a field not filled in).
    [[nodiscard]] virtual bool isComplete() const = 0;
    /// After every change of a field.
    void updateState();
    void setMoreOpen(bool isOpen);

private:
    void setupMore();
    void setupButtons(const QString& acceptLabel);

    QFormLayout* m_form = nullptr;
    QWidget* m_fields = nullptr;
    QToolButton* m_more = nullptr;
    ResourceFields* m_resources = nullptr;
    RequestPreview* m_preview = nullptr;
    RoleLabel* m_problem = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace kindling
