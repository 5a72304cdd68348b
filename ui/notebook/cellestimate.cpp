// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellestimate.h"

#include "app/notebook/notebookdocument.h"
#include "ui/common/theme.h"

#include <QFontMetrics>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int editorMargins = 16;
constexpr int editorLineGap = 4;
constexpr int outputMargins = 14;
constexpr int pictureHeight = 300;
constexpr qsizetype mostLines = 24; ///< of an output, before it scrolls
constexpr qsizetype looked = 4'000; ///< characters of an output that are looked at

int outputHeight(qsizetype lines, int line)
{
    return static_cast<int>(std::min(lines, mostLines)) * line + outputMargins;
}

int partHeight(const MimePart& part, int line)
{
    if (part.mime.startsWith("image/"_L1))
        return pictureHeight;
    return outputHeight(1 + part.json.first(std::min(looked, part.json.size())).count("\\n"), line);
}
}

int estimatedHeight(const NotebookCell& cell)
{
    const QFontMetrics code(codeFont());
    int height = editorMargins + static_cast<int>(cell.source.count(u'\n') + 1) * (code.height() + editorLineGap);
    for (const Output& output : cell.outputs) {
        if (!output.traceback.isEmpty())
            height += outputHeight(output.traceback.size(), code.lineSpacing());
        if (!output.parts.isEmpty())
            height += partHeight(output.parts.first(), code.lineSpacing());
    }
    return height;
}

} // namespace kindling
