// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/headerline.h"
#include "app/core/serverprofile.h"

#include <QList>
#include <QObject>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace kindling {

/// The rows of a server's form that few need: for whom it is asked, whom to trust, proxy, extra headers. Folded away
/// while nothing in them is set. Values of headers are never shown back.
class ConnectionFields final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to `form`, whose widget becomes the parent.
    ConnectionFields(QFormLayout* form, const ServerProfile& profile);

    /// Does such a server have them at all?
    void setOffered(bool isOffered);
    /// Why this cannot be kept for such a server, as a sentence; empty = it can.
    [[nodiscard]] QString problem(const QUrl& url, AuthKind auth) const;
    void writeTo(ServerProfile& profile) const;
    /// Headers that are new or have another value.
    [[nodiscard]] QList<HeaderLine> typedHeaders() const;
    [[nodiscard]] bool isPinned() const;
    void setAuthorityFile(const QString& path);
    /// Unfolds, so that it is seen.
    void setPin(const QByteArray& fingerprint);

Q_SIGNALS:
    void changed();
    /// Rows came or went.
    void folded();
    void authorityFileWanted();

private:
    struct Headers {
        QStringList names;
        QList<HeaderLine> typed;
        QString problem;
    };
    void setupTrust(const ServerProfile& profile);
    void setupHeaders(const ServerProfile& profile);
    QLineEdit* lineField(const QString& name, const QString& label, const QString& hint);
    void updateRows();
    [[nodiscard]] Headers readHeaders() const;

    QFormLayout* m_form;
    QWidget* m_widget;
    QStringList m_storedNames;
    QToolButton* m_fold = nullptr;
    QLineEdit* m_doAs = nullptr;
    QLineEdit* m_authority = nullptr;
    QWidget* m_authorityRow = nullptr;
    QLineEdit* m_pin = nullptr;
    QCheckBox* m_proxy = nullptr;
    QPlainTextEdit* m_headers = nullptr;
    QWidget* m_headersHint = nullptr;
    bool m_isOffered = true;
};

} // namespace kindling
