// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/headerline.h"
#include "app/core/serverprofile.h"

#include <QList>
#include <QObject>

#include <array>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QToolButton;

namespace kindling {

/// The files that a way to a server may need.
enum class ConnectionFile { Authorities, ClientCertificate, ClientKey };

/// The rows of a server's form that few need: for whom it is asked, whom to trust, what to show it, proxy, extra headers, limits. Folded away
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
    void setFile(ConnectionFile which, const QString& path);
    /// Unfolds, so that it is seen.
    void setPin(const QByteArray& fingerprint);

Q_SIGNALS:
    void changed();
    /// Rows came or went.
    void folded();
    /// Answer with setFile().
    void fileWanted(kindling::ConnectionFile which);

private:
    struct Headers {
        QStringList names;
        QList<HeaderLine> typed;
        QString problem;
    };
    void setupTrust(const ServerProfile& profile);
    void setupClientCertificate(const ServerProfile& profile);
    void setupAmount(const ServerProfile& profile);
    /// A line with a button that asks for the file.
    QLineEdit* fileRow(ConnectionFile which, const QString& label, const QString& hint);
    void setupHeaders(const ServerProfile& profile);
    QLineEdit* lineField(const QString& name, const QString& label, const QString& hint);
    void updateRows();
    [[nodiscard]] Headers readHeaders() const;
    [[nodiscard]] QString fileOf(ConnectionFile which) const;

    QFormLayout* m_form;
    QWidget* m_widget;
    QStringList m_storedNames;
    QToolButton* m_fold = nullptr;
    QLineEdit* m_doAs = nullptr;
    std::array<QLineEdit*, 3> m_files{}; ///< by ConnectionFile
    QSpinBox* m_largestAnswer = nullptr;
    QLineEdit* m_pin = nullptr;
    QCheckBox* m_proxy = nullptr;
    QPlainTextEdit* m_headers = nullptr;
    QList<QWidget*> m_rows; ///< all but the one that folds them
    bool m_isOffered = true;
};

} // namespace kindling
