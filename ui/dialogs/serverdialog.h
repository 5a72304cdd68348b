// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/certificate.h"
#include "app/core/error.h"
#include "app/core/serverprofile.h"
#include "app/storage/serversecrets.h"
#include "ui/dialogs/connectionfields.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace kindling {

class RoleLabel;

/// Adds or edits a server. The secret is never shown back: an empty field keeps the one that is stored.
class ServerDialog final : public QDialog {
    Q_OBJECT
public:
    enum class SecretHome { Keychain, Memory };

    /// `profile` with an empty id = a new server, which gets one. `home`: where its secret will be kept.
    ServerDialog(const ServerProfile& profile, SecretHome home, QWidget* parent = nullptr);

    [[nodiscard]] ServerProfile profile() const;
    [[nodiscard]] TypedSecrets secrets() const;

    void showTestRunning();
    /// The value says what was found ("Livy 0.9.0, 12 ms").
    void showTestResult(const Result<QString>& result);
    /// After a test that failed for this certificate: lets the person trust it and no other. Ignored where one is pinned.
    void offerPin(const ShownCertificate& shown);
    void setFile(ConnectionFile which, const QString& path);

Q_SIGNALS:
    /// The person wants to know whether this works; answer with showTestRunning(), showTestResult().
    void testRequested(const kindling::ServerProfile& profile, const kindling::TypedSecrets& secrets);
    /// Answer with setFile().
    void fileWanted(kindling::ConnectionFile which);

private:
    void setupIdentity(QFormLayout* form, const ServerProfile& profile);
    void setupSignIn(QFormLayout* form, const ServerProfile& profile, SecretHome home);
    QLineEdit* lineField(const char* name, const QString& label);
    RoleLabel* hintLabel(const char* name);
    void setupTest(QVBoxLayout* column);
    void setupButtons();
    void updateState();
    void updateRows();
    void forgetTest();
    [[nodiscard]] QString urlHint() const;
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] ServerKind kind() const;
    [[nodiscard]] AuthKind auth() const;

    ServerId m_id;
    bool m_isNew;
    ServerProfile m_given;
    QFormLayout* m_form = nullptr;
    QComboBox* m_kind = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_url = nullptr;
    RoleLabel* m_urlHint = nullptr;
    QComboBox* m_auth = nullptr;
    QLineEdit* m_user = nullptr;
    QLineEdit* m_secret = nullptr;
    RoleLabel* m_secretHint = nullptr;
    QCheckBox* m_readOnly = nullptr;
    RoleLabel* m_localHint = nullptr;
    ConnectionFields* m_connection = nullptr;
    RoleLabel* m_connectionProblem = nullptr;
    RoleLabel* m_testResult = nullptr;
    QPushButton* m_pin = nullptr; ///< trusts the certificate that a test was shown
    QByteArray m_shownPin;
    QPushButton* m_test = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace kindling
