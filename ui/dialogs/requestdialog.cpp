// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/requestdialog.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/stateglyph.h"
#include "ui/dialogs/commandtext.h"
#include "ui/dialogs/formpage.h"
#include "ui/dialogs/requestcommands.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

RequestDialog::RequestDialog(RequestTarget target, const QString& acceptLabel, TemplateShelf shelf, QWidget* parent)
    : QDialog(parent)
    , m_target(std::move(target))
    , m_templates(new TemplateBar(std::move(shelf), [this] { return templateJson(m_leftOut); }, this))
    , m_pages(new QTabWidget(this))
    , m_preview(new RequestPreview([this](const QByteArray& json) { return rawProblem(json); }, this))
    , m_problem(new RoleLabel(QString(), ColorRole::Bad, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    column->addWidget(m_templates);
    setupBody();
    m_problem->setObjectName("problem"_L1);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing());
    column->addWidget(m_problem);
    setupButtons(acceptLabel);
    connect(m_preview, &RequestPreview::changed, this, &RequestDialog::updateState);
    connect(m_preview, &RequestPreview::leftRaw, this, [this](const QByteArray& json) { takeRaw(json); });
    connect(m_templates, &TemplateBar::chosen, this, &RequestDialog::applyTemplate);
    connect(m_templates, &TemplateBar::kept, this, [this] {
        if (!m_leftOut.isEmpty())
            m_templates->setNote(tr("Saved without secrets: %1").arg(m_leftOut.join(u", "_s)));
    });
    resize(880, 480);
}

void RequestDialog::setupBody()
{
    m_pages->setObjectName("pages"_L1);
    m_pages->setAccessibleName(tr("Request"));
    m_pages->setDocumentMode(true);
    m_preview->setObjectName("requestPreview"_L1);
    auto* body = new QHBoxLayout;
    body->setSpacing(16);
    body->addWidget(m_pages, 3);
    body->addWidget(m_preview, 2);
    if (auto* column = qobject_cast<QVBoxLayout*>(layout()))
        column->addLayout(body, 1);
}

void RequestDialog::addPage(QWidget* page, const QString& title)
{
    m_pages->addTab(page, title);
    alignFields();
}

void RequestDialog::alignFields()
{
    QList<QWidget*> labels{ m_templates->label() };
    for (const QFormLayout* form : m_pages->findChildren<QFormLayout*>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            if (const QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole))
                labels += item->widget();
        }
    }
    int width = 0;
    for (const QWidget* label : std::as_const(labels))
        width = qMax(width, label->sizeHint().width());
    for (QWidget* label : std::as_const(labels))
        label->setMinimumWidth(width);
}

void RequestDialog::addSharedPages()
{
    m_resources = new ResourceFields(m_pages);
    connect(m_resources, &ResourceFields::changed, this, &RequestDialog::updateState);
    addPage(m_resources, tr("Resources"));
    m_files = new FileFields(m_pages);
    connect(m_files, &FileFields::changed, this, &RequestDialog::updateState);
    addPage(m_files, tr("Files"));

    auto* page = new QWidget(m_pages);
    m_conf = makeTextField(u"conf"_s, page);
    m_conf->setPlaceholderText(tr("spark.sql.shuffle.partitions=64\nOne setting a line"));
    connect(m_conf, &QPlainTextEdit::textChanged, this, &RequestDialog::updateState);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 12, 0, 12);
    column->addWidget(m_conf);
    addPage(page, tr("Configuration"));
}

void RequestDialog::setupButtons(const QString& acceptLabel)
{
    auto* buttons = new QDialogButtonBox(this);
    m_accept = buttons->addButton(acceptLabel, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName("okButton"_L1);
    m_accept->setAccessibleName(QString(acceptLabel).remove(u'&'));
    m_accept->setDefault(true);
    makePrimary(m_accept);
    auto* cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName("cancelButton"_L1);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* row = new QHBoxLayout;
    row->addWidget(makeCopyButton());
    row->addWidget(buttons, 1);
    if (auto* column = qobject_cast<QVBoxLayout*>(layout()))
        column->addLayout(row);
}

QPushButton* RequestDialog::makeCopyButton()
{
    auto* button = new QPushButton(tr("C&opy"), this);
    button->setObjectName("copyRequest"_L1);
    button->setAccessibleName(tr("Copy"));
    button->setAutoDefault(false);
    auto* menu = new QMenu(button);
    const auto add = [this, menu](const QString& name, const QString& text, auto words) {
        QAction* action = menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, [words] { QGuiApplication::clipboard()->setText(words()); });
    };
    add(u"copyJson"_s, tr("As &JSON"), [this] { return QString::fromUtf8(m_preview->json()); });
    add(u"copyCurl"_s, tr("As &curl"), [this] { return curlCommand(m_target.server, path(), m_preview->json()); });
    add(u"copySpark"_s, tr("As &Spark's command line"), [this] { return sparkLine(); });
    button->setMenu(menu);
    return button;
}

void RequestDialog::applyTemplate(const QByteArray& json)
{
    if (!m_problem->text().isEmpty()) { // what cannot be read would be lost
        m_templates->setNote(tr("First correct what is marked below."));
        return;
    }
    const QStringList kept = fillForm(json);
    m_templates->setNote(kept.isEmpty() ? tr("Filled in.") : tr("Filled in. Kept as typed: %1").arg(labelsOf(kept).join(u", "_s)));
}

void RequestDialog::updateState()
{
    m_preview->setPreview(formJson());
    m_pages->setEnabled(!isRaw());
    m_templates->setEnabled(!isRaw());
    const QList<FieldProblem> inForm = confProblems() + formProblems();
    const QString inFormText = inForm.isEmpty() ? QString() : inForm.first().text;
    const QString problem = isRaw() ? m_preview->problem() : inFormText;
    m_problem->setText(problem);
    markPages(isRaw() ? QList<FieldProblem>() : inForm);
    m_accept->setEnabled(problem.isEmpty() && (isRaw() || isComplete()));
}

void RequestDialog::markPages(const QList<FieldProblem>& problems)
{
    for (int index = 0; index < m_pages->count(); ++index) {
        const QWidget* page = m_pages->widget(index);
        const bool hasProblem = std::ranges::any_of(problems,
            [page](const FieldProblem& problem) { return page->findChild<QWidget*>(problem.field) != nullptr; });
        m_pages->setTabIcon(index, hasProblem ? stateIcon(StateRole::Bad) : QIcon());
    }
}

QList<FieldProblem> RequestDialog::confProblems() const
{
    const int badLine = parseConf(m_conf->toPlainText()).badLine;
    if (badLine == 0)
        return {};
    return { { u"conf"_s, tr("%1, line %2: a setting is written key=value.").arg(fieldLabel(u"conf"_s)).arg(badLine) } };
}

QMap<QString, QString> RequestDialog::conf() const
{
    return parseConf(m_conf->toPlainText()).conf;
}

void RequestDialog::setConf(const QMap<QString, QString>& conf)
{
    QStringList lines;
    for (const auto& [key, value] : conf.asKeyValueRange())
        lines += key + u'=' + value;
    m_conf->setPlainText(lines.join(u'\n'));
}

} // namespace kindling
