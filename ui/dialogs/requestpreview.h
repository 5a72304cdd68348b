// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>

#include <functional>

class QPlainTextEdit;
class QToolButton;

namespace kindling {

class RoleLabel;

/// Says what is wrong with a JSON text in a sentence; empty = it can be sent. Given by whoever may read JSON.
using JsonCheck = std::function<QString(const QByteArray&)>;

/// The request as it will be sent. Typing in it makes it "raw": the fields of the form are then not sent, which it
/// says, until the person goes back.
class RequestPreview final : public QWidget {
    Q_OBJECT
public:
    /// Without a `check` any text but an empty one passes.
    explicit RequestPreview(JsonCheck check, QWidget* parent = nullptr);

    /// What the form would send; not shown while raw.
    void setPreview(const QByteArray& json);
    [[nodiscard]] bool isRaw() const { return m_isRaw; }
    /// UTF-8 of what is shown.
    [[nodiscard]] QByteArray json() const;
    /// Of a raw text; empty = fine.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    /// By the person: the raw text or the mode.
    void changed();
    /// The person goes back to the form; what was written by hand, before it is gone.
    void leftRaw(const QByteArray& json);

private:
    void setupText();
    void onEdited();
    void setRaw(bool isRaw);
    void show(const QByteArray& json);

    JsonCheck m_check;
    QByteArray m_preview;
    RoleLabel* m_mark = nullptr;
    QToolButton* m_back = nullptr;
    QPlainTextEdit* m_text = nullptr;
    bool m_isRaw = false;
    bool m_isShowing = false;
};

} // namespace kindling
