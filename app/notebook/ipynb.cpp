// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"

#include "app/notebook/ipynbnames.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace ipynb {

Kind kindOfMagic(QStringView line)
{
    static constexpr std::array<std::pair<QLatin1StringView, Kind>, 6> words{ {
        { "%%sql"_L1, Kind::Sql },
        { "%%spark"_L1, Kind::Spark },
        { "%%scala"_L1, Kind::Spark },
        { "%%pyspark"_L1, Kind::PySpark },
        { "%%r"_L1, Kind::SparkR },
        { "%%sparkr"_L1, Kind::SparkR },
    } };
    const QStringView trimmed = line.trimmed();
    for (const auto& [word, value] : words) {
        if (trimmed == word)
            return value;
    }
    // sparkmagic's options of %%sql do not change the language; those of its %%spark may.
    return trimmed.startsWith("%%sql -"_L1) ? Kind::Sql : Kind::Unknown;
}

} // namespace ipynb

NotebookFile fileOf(const NotebookDocument& document)
{
    return { .cells = document.cells(), .metadata = document.metadata(), .repairs = {}, .fileFields = document.fileFields() };
}

Result<NotebookFile> loadNotebook(const QString& path, std::optional<Kind> plainKind)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::Io, QCoreApplication::translate("NotebookFile", "The notebook cannot be read: %1").arg(path),
                       file.errorString());
    }
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return failure(ErrorKind::Io, QCoreApplication::translate("NotebookFile", "The notebook cannot be read: %1").arg(path),
                       file.errorString());
    }
    return readIpynb(bytes, plainKind);
}

Result<void> saveNotebook(const QString& path, const NotebookFile& file)
{
    QSaveFile target(path);
    const QByteArray bytes = writeIpynb(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit()) {
        return failure(ErrorKind::Io, QCoreApplication::translate("NotebookFile", "The notebook cannot be saved: %1").arg(path),
                       target.errorString());
    }
    return {};
}

} // namespace kindling
