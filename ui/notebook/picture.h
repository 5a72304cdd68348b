// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace kindling {

/// A picture that came as bytes: scaled down to fit, never up. Refuses what is too large to be meant seriously.
class Picture final : public QWidget {
    Q_OBJECT
public:
    explicit Picture(const QByteArray& bytes, QWidget* parent = nullptr);

    [[nodiscard]] bool isReadable() const { return !m_image.isNull(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QSize shownSize() const;
    void fitHeight();

    QImage m_image;
};

} // namespace kindling
