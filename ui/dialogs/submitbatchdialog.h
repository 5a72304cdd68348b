// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// `files` picks a file of this machine; null = the server does not see this machine's files: no Browse button.
    SubmitBatchDialog(const RequestTarget& target, BatchPreview preview, TemplateShelf templates, Dialogs* files,
        QWidget* parent = nullptr);

    void setWanted(const NewBatch& wanted);
    /// What the form says; where isRaw(), rawJson() is to be sent instead.
    [[nodiscard]] NewBatch wanted() const;

protected:
    [[nodiscard]] QByteArray formJson() const override;
    [[nodiscard]] QList<FieldProblem> formProblems() const override;
    [[nodiscard]] QString rawProblem(const QByteArray& json) const override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] QByteArray templateJson(QStringList& leftOut) const override;
    QStringList fillForm(const QByteArray& json) override;
    void takeRaw(const QByteArray& json) override;
    [[nodiscard]] QString path() const override;
    [[nodiscard]] QString sparkLine() const override;

private:
    void setupEssentials();
    void setupAdvanced();
    QLineEdit* lineField(const QString& name, const QString& hint, QWidget* page);
    QWidget* fileRow(QWidget* page);
    void browse();

    BatchPreview m_previewOf;
    Dialogs* m_files;
    QLineEdit* m_file = nullptr;
    QLineEdit* m_class = nullptr;
    QLineEdit* m_arguments = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_proxyUser = nullptr;
};

} // namespace kindling
