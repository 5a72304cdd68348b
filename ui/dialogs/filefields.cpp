// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/filefields.h"

#include "ui/dialogs/formpage.h"
#include "ui/dialogs/requestrules.h"

#include <QFormLayout>
#include <QPlainTextEdit>

namespace kindling {

using namespace Qt::StringLiterals;

FileFields::FileFields(QWidget* parent)
    : QWidget(parent)
{
    auto* form = makeForm(this);
    m_jars = addList(form, u"jars"_s, tr("hdfs:///libs/a.jar\nOne a line"));
    m_pyFiles = addList(form, u"pyFiles"_s, tr("Modules: .py, .zip, .egg"));
    m_files = addList(form, u"files"_s, tr("Put beside each executor"));
    m_archives = addList(form, u"archives"_s, tr("Unpacked beside each executor"));
}

QPlainTextEdit* FileFields::addList(QFormLayout* form, const QString& name, const QString& hint)
{
    auto* list = makeTextField(name, this);
    list->setPlaceholderText(hint);
    connect(list, &QPlainTextEdit::textChanged, this, &FileFields::changed);
    form->addRow(fieldLabel(name), list);
    return list;
}

QStringList FileFields::lines(const QPlainTextEdit* list)
{
    QStringList lines;
    for (const QString& line : list->toPlainText().split(u'\n')) {
        if (const QString path = line.trimmed(); !path.isEmpty())
            lines += path;
    }
    return lines;
}

void FileFields::setLines(QPlainTextEdit* list, const QStringList& lines)
{
    list->setPlainText(lines.join(u'\n'));
}

} // namespace kindling
