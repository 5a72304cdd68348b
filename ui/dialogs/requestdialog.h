// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"
#include "app/livy/types.h"
#include "ui/dialogs/filefields.h"
#include "ui/dialogs/requestpreview.h"
#include "ui/dialogs/requestrules.h"
#include "ui/dialogs/resourcefields.h"
#include "ui/dialogs/templatebar.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace kindling {

class RoleLabel;

/// The server that a request is for, as far as a dialog must know it.
struct RequestTarget {
    ServerProfile server;
    ServerVersion version;
};

/// What asking for a session and asking for a batch have in common: pages of fields by need, the request as it will be
/// sent, templates, the same as a command line, one button that sends it. Opened with open(); `accepted` says that the
/// person wants it.
class RequestDialog : public QDialog {
    Q_OBJECT
public:
    [[nodiscard]] bool isRaw() const { return m_preview->isRaw(); }
    /// The request as edited by hand; to be sent where isRaw().
    [[nodiscard]] QByteArray rawJson() const { return m_preview->json(); }
    /// A line above the form: what it is filled with.
    void setNote(const QString& note) { m_templates->setNote(note); }

protected:
    RequestDialog(RequestTarget target, const QString& acceptLabel, TemplateShelf shelf, QWidget* parent);

    void addPage(QWidget* page, const QString& title);
    /// Resources, files and configuration.
    void addSharedPages();
    [[nodiscard]] const RequestTarget& target() const { return m_target; }
    template<typename Wanted>
    void writeShared(Wanted& wanted) const
    {
        m_resources->writeTo(wanted);
        m_files->writeTo(wanted);
        wanted.conf = conf();
    }
    template<typename Wanted>
    void readShared(const Wanted& wanted)
    {
        m_resources->readFrom(wanted);
        m_files->readFrom(wanted);
        setConf(wanted.conf);
    }

    /// The request of the form as it would be sent.
    [[nodiscard]] virtual QByteArray formJson() const = 0;
    /// What cannot be sent as it is, first the first.
    [[nodiscard]] virtual QList<FieldProblem> formProblems() const = 0;
    /// A sentence about what a person wrote by hand; empty = fine.
    [[nodiscard]] virtual QString rawProblem(const QByteArray& json) const = 0;
    /// May be sent as it is, though nothing is worth a sentence yet (a field not filled in).
    [[nodiscard]] virtual bool isComplete() const = 0;
    /// What is worth keeping for another time, and the names of what is not to be kept.
    [[nodiscard]] virtual QByteArray templateJson(QStringList& leftOut) const = 0;
    /// Fills what is open in the form; gives the fields that stay as they are.
    virtual QStringList fillForm(const QByteArray& json) = 0;
    /// Puts what a person wrote by hand into the form, as far as it is readable.
    virtual void takeRaw(const QByteArray& json) = 0;
    /// The list that the request is posted to ("sessions").
    [[nodiscard]] virtual QString path() const = 0;
    /// The same for Spark's own programs.
    [[nodiscard]] virtual QString sparkLine() const = 0;
    /// After every change of a field.
    void updateState();

private:
    void setupBody();
    /// Gives all fields, on whichever page, and the template's one left edge.
    void alignFields();
    void setupButtons(const QString& acceptLabel);
    QPushButton* makeCopyButton();
    void applyTemplate(const QByteArray& json);
    void markPages(const QList<FieldProblem>& problems);
    [[nodiscard]] QList<FieldProblem> confProblems() const;
    [[nodiscard]] QMap<QString, QString> conf() const;
    void setConf(const QMap<QString, QString>& conf);

    RequestTarget m_target;
    TemplateBar* m_templates;
    QStringList m_leftOut; ///< of the template that is being kept
    QTabWidget* m_pages;
    ResourceFields* m_resources = nullptr;
    FileFields* m_files = nullptr;
    QPlainTextEdit* m_conf = nullptr;
    RequestPreview* m_preview;
    RoleLabel* m_problem;
    QPushButton* m_accept = nullptr;
};

} // namespace kindling
