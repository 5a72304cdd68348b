// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <optional>

class QLineEdit;
class QSpinBox;

namespace kindling {

/// Memory, cores, executors and queue: what sessions and batches are asked for alike. Empty means the server's own.
class ResourceFields final : public QWidget {
    Q_OBJECT
public:
    explicit ResourceFields(QWidget* parent = nullptr);

    /// Wanted is NewSession or NewBatch.
    template<typename Wanted>
    void writeTo(Wanted& wanted) const
    {
        wanted.driverMemory = memory(m_driverMemory);
        wanted.executorMemory = memory(m_executorMemory);
        wanted.driverCores = count(m_driverCores);
        wanted.executorCores = count(m_executorCores);
        wanted.numExecutors = count(m_numExecutors);
        wanted.queue = queue();
    }
    /// Fills the fields with what was asked for before.
    template<typename Wanted>
    void readFrom(const Wanted& wanted)
    {
        setMemory(wanted.driverMemory, wanted.executorMemory);
        setCounts(wanted.driverCores, wanted.executorCores, wanted.numExecutors);
        setQueue(wanted.queue);
    }

Q_SIGNALS:
    void changed();

private:
    QLineEdit* lineField(const QString& name, const QString& hint);
    QSpinBox* countField(const QString& name);
    [[nodiscard]] static QString memory(const QLineEdit* field);
    [[nodiscard]] static std::optional<int> count(const QSpinBox* field);
    [[nodiscard]] QString queue() const;
    void setMemory(const QString& driver, const QString& executor);
    void setCounts(std::optional<int> driver, std::optional<int> executor, std::optional<int> executors);
    void setQueue(const QString& queue);

    QLineEdit* m_driverMemory;
    QSpinBox* m_driverCores;
    QLineEdit* m_executorMemory;
    QSpinBox* m_executorCores;
    QSpinBox* m_numExecutors;
    QLineEdit* m_queue;
};

} // namespace kindling
