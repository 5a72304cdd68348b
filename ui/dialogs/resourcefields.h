// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QWidget>

#include <optional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace kindling {

/// Memory, cores, queue and Spark settings: what sessions and batches are asked for alike. Empty means the server's own.
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
        wanted.conf = conf();
    }
    /// Fills the fields with what was asked for before.
    template<typename Wanted>
    void readFrom(const Wanted& wanted)
    {
        setMemory(wanted.driverMemory, wanted.executorMemory);
        setCounts(wanted.driverCores, wanted.executorCores, wanted.numExecutors);
        setRest(wanted.queue, wanted.conf);
    }
    /// A sentence about the first field that cannot be sent; empty = fine.
    [[nodiscard]] QString problem() const;
    /// Pixels of the widest label of a row.
    [[nodiscard]] int labelWidth() const;

Q_SIGNALS:
    void changed();

private:
    void setupMemory(QFormLayout* form);
    void setupRest(QFormLayout* form);
    QLineEdit* memoryField(const char* name, const QString& label);
    QSpinBox* countField(const char* name, const QString& label);
    [[nodiscard]] static QString memory(const QLineEdit* field);
    [[nodiscard]] static std::optional<int> count(const QSpinBox* field);
    [[nodiscard]] QString queue() const;
    [[nodiscard]] QMap<QString, QString> conf() const;
    void setMemory(const QString& driver, const QString& executor);
    void setCounts(std::optional<int> driver, std::optional<int> executor, std::optional<int> executors);
    void setRest(const QString& queue, const QMap<QString, QString>& conf);

    QLineEdit* m_driverMemory = nullptr;
    QSpinBox* m_driverCores = nullptr;
    QLineEdit* m_executorMemory = nullptr;
    QSpinBox* m_executorCores = nullptr;
    QSpinBox* m_numExecutors = nullptr;
    QLineEdit* m_queue = nullptr;
    QPlainTextEdit* m_conf = nullptr;
};

} // namespace kindling
