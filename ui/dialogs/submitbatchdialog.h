// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"
#include "ui/dialogs/requestdialog.h"

class QLineEdit;

namespace kindling {

class Dialogs;

/// Gives the request of a batch as the server would get it.
using BatchPreview = std::function<QByteArray(const NewBatch&)>;

/// Asks what a new batch shall run.
class SubmitBatchDialog final : public RequestDialog {
    Q_OBJECT
public:
    /// `files` picks a file of this machine; null = the server does not
    /// see this machine's files: no Browse button.
    SubmitBatchDialog(const QString& serverName, BatchPreview preview, JsonCheck check, Dialogs* files, QWidget* parent = nullptr);

    void setWanted(const NewBatch& wanted);
    /// What the form says; where isRaw(), rawJson() is to be sent instead.
    [[nodiscard]] NewBatch wanted() const;

protected:
    [[nodiscard]] QByteArray formJson() const override;
    [[nodiscard]] QString formProblem() const override;
    [[nodiscard]] bool isComplete() const override;

private:
    void setupForm();
    QWidget* fileRow();
    QLineEdit* field(const char* name, const QString& label, const QString& hint);
    void browse();

    BatchPreview m_previewOf;
    Dialogs* m_files;
    NewBatch m_base; ///< what the form has no field for
    QLineEdit* m_file = nullptr;
    QLineEdit* m_class = nullptr;
    QLineEdit* m_arguments = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_proxyUser = nullptr;
};

} // namespace kindling
