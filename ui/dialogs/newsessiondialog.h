// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/requestdialog.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace kindling {

/// Gives the request of a session as the server would get it.
using SessionPreview = std::function<QByteArray(const NewSession&)>;

/// Asks what a new session shall be.
class NewSessionDialog final : public RequestDialog {
    Q_OBJECT
public:
    NewSessionDialog(const RequestTarget& target, SessionPreview preview, TemplateShelf templates, QWidget* parent = nullptr);

    /// Fills the form.
    void setWanted(const NewSession& wanted);
    /// What the form says; where isRaw(), rawJson() is to be sent instead.
    [[nodiscard]] NewSession wanted() const;

protected:
    [[nodiscard]] QByteArray formJson() const override;
    [[nodiscard]] QList<FieldProblem> formProblems() const override;
    [[nodiscard]] QString rawProblem(const QByteArray& json) const override;
    [[nodiscard]] bool isComplete() const override { return true; }
    [[nodiscard]] QByteArray templateJson(QStringList& leftOut) const override;
    QStringList fillForm(const QByteArray& json) override;
    void takeRaw(const QByteArray& json) override;
    [[nodiscard]] QString path() const override;
    [[nodiscard]] QString sparkLine() const override;

private:
    void setupEssentials();
    void setupAdvanced();
    QLineEdit* lineField(const QString& name, const QString& hint, QWidget* page);
    QLineEdit* timeField(const QString& name, int sinceMinor, QWidget* page);

    SessionPreview m_previewOf;
    QComboBox* m_kind = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_proxyUser = nullptr;
    QSpinBox* m_heartbeat = nullptr;
    QLineEdit* m_idleTimeout = nullptr;
    QLineEdit* m_ttl = nullptr;
};

} // namespace kindling
