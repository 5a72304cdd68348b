// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/dialogs.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace kindling {

namespace {

class NativeDialogs final : public Dialogs {
public:
    void confirm(QWidget* parent, const Question& question, QObject* context, std::function<void(bool)> answer) override
    {
        auto* box = new QMessageBox(QMessageBox::NoIcon, question.title, question.text.left(4000), QMessageBox::Cancel, parent);
        box->setObjectName(QStringLiteral("confirmDialog"));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setInformativeText(question.detail.left(4000));
        box->setDetailedText(question.wholeText);
        auto* accept = box->addButton(question.acceptText, question.isDestructive ? QMessageBox::DestructiveRole : QMessageBox::AcceptRole);
        accept->setObjectName(QStringLiteral("confirmAccept"));
        accept->setAccessibleName(question.acceptText);
        box->setEscapeButton(QMessageBox::Cancel);
        if (question.isDestructive)
            box->setDefaultButton(QMessageBox::Cancel);
        else
            box->setDefaultButton(accept);
        QObject::connect(box, &QDialog::finished, context,
            [box, accept, answer = std::move(answer)] { answer(box->clickedButton() == accept); });
        box->open();
    }

    void askOpenFile(QWidget* parent, const FileQuestion& question, QObject* context, std::function<void(QString)> answer) override
    {
        askFile(makeDialog(parent, question, QFileDialog::AcceptOpen), context, std::move(answer));
    }

    void askSaveFile(QWidget* parent, const FileQuestion& question, QObject* context, std::function<void(QString)> answer) override
    {
        askFile(makeDialog(parent, question, QFileDialog::AcceptSave), context, std::move(answer));
    }

private:
    static QFileDialog* makeDialog(QWidget* parent, const FileQuestion& question, QFileDialog::AcceptMode mode)
    {
        const QFileInfo place(question.folder);
        const bool isFolder = question.folder.isEmpty() || place.isDir();
        auto* dialog = new QFileDialog(parent, question.title, isFolder ? question.folder : place.path(), question.filter);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(mode);
        dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
        dialog->setDefaultSuffix(question.suffix);
        if (!isFolder)
            dialog->selectFile(place.fileName());
        return dialog;
    }

    static void askFile(QFileDialog* dialog, QObject* context, std::function<void(QString)> answer)
    {
        QObject::connect(dialog, &QDialog::finished, context, [dialog, answer = std::move(answer)](int result) {
            answer(result == QDialog::Accepted ? dialog->selectedFiles().value(0) : QString());
        });
        dialog->open();
    }
};

}

std::unique_ptr<Dialogs> makeNativeDialogs()
{
    return std::make_unique<NativeDialogs>();
}

} // namespace kindling
