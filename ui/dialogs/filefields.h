// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QFormLayout;
class QPlainTextEdit;

namespace kindling {

/// Jars, Python modules, files and archives that come with a session or a batch: one path or address a line.
class FileFields final : public QWidget {
    Q_OBJECT
public:
    explicit FileFields(QWidget* parent = nullptr);

    /// Wanted is NewSession or NewBatch.
    template<typename Wanted>
    void writeTo(Wanted& wanted) const
    {
        wanted.jars = lines(m_jars);
        wanted.pyFiles = lines(m_pyFiles);
        wanted.files = lines(m_files);
        wanted.archives = lines(m_archives);
    }
    template<typename Wanted>
    void readFrom(const Wanted& wanted)
    {
        setLines(m_jars, wanted.jars);
        setLines(m_pyFiles, wanted.pyFiles);
        setLines(m_files, wanted.files);
        setLines(m_archives, wanted.archives);
    }

Q_SIGNALS:
    void changed();

private:
    QPlainTextEdit* addList(QFormLayout* form, const QString& name, const QString& hint);
    [[nodiscard]] static QStringList lines(const QPlainTextEdit* list);
    static void setLines(QPlainTextEdit* list, const QStringList& lines);

    QPlainTextEdit* m_jars = nullptr;
    QPlainTextEdit* m_pyFiles = nullptr;
    QPlainTextEdit* m_files = nullptr;
    QPlainTextEdit* m_archives = nullptr;
};

} // namespace kindling
