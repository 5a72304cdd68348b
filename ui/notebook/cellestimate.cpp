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
constexpr int headerHeight = 32;
constexpr int padding = 16;
constexpr int lineGap = 4; ///< that an editor puts between its lines
constexpr int pictureHeight = 300;
constexpr qsizetype mostLines = 24; ///< of an output, before it scrolls
constexpr qsizetype looked = 4'000; ///< characters of an output that are looked at

int heightOf(const MimePart& part, int line)
{
    if (part.mime.startsWith("image/"_L1))
        return pictureHeight;
    const qsizetype lines = 1 + part.json.first(std::min(looked, part.json.size())).count("\\n");
    return static_cast<int>(std::min(lines, mostLines)) * line + padding;
}
}

int estimatedHeight(const NotebookCell& cell)
{
    const int line = QFontMetrics(codeFont()).lineSpacing();
    int height = headerHeight + padding + static_cast<int>(cell.source.count(u'\n') + 1) * (line + lineGap);
    for (const Output& output : cell.outputs) {
        height += static_cast<int>(std::min(output.traceback.size(), mostLines)) * line;
        if (!output.parts.isEmpty())
            height += heightOf(output.parts.first(), line);
    }
    return height;
}

} // namespace kindling
