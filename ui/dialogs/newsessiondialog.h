// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"
#include "ui/dialogs/requestdialog.h"

class QComboBox;
class QLineEdit;

namespace kindling {

/// Gives the request of a session as the server would get it.
using SessionPreview = std::function<QByteArray(const NewSession&)>;

/// Asks what a new session shall be.
class NewSessionDialog final : public RequestDialog {
    Q_OBJECT
public:
    NewSessionDialog(const QString& serverName, SessionPreview preview, JsonCheck check, QWidget* parent = nullptr);

    /// Fills the form.
    void setWanted(const NewSession& wanted);
    /// What the form says; where isRaw(), rawJson() is to be sent instead.
    [[nodiscard]] NewSession wanted() const;

protected:
    [[nodiscard]] QByteArray formJson() const override;
    [[nodiscard]] QString formProblem() const override;
    [[nodiscard]] bool isComplete() const override { return true; }

private:
    void setupForm();

    SessionPreview m_previewOf;
    NewSession m_base; ///< what the form has no field for
    QComboBox* m_kind = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_proxyUser = nullptr;
};

} // namespace kindling
