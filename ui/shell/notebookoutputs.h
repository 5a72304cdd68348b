// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/outputwidgets.h"
#include "ui/notebook/outputview.h"

namespace kindling {

/// Outputs as they look below a notebook's cell, for panes that know nothing of notebooks.
[[nodiscard]] inline OutputWidgets notebookOutputs()
{
    return [](const QList<Output>& outputs, QWidget* parent) {
        auto* view = new OutputView(parent);
        view->showOutputs(outputs);
        return view;
    };
}

} // namespace kindling
