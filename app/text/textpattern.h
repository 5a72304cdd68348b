// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>
#include <functional>
#include <memory>
#include <optional>

namespace kindling {

/// What a person looks for.
struct TextQuery {
    QString text;
    bool isRegex = false;
    bool isCaseSensitive = false;

    friend bool operator==(const TextQuery&, const TextQuery&) = default;
};

/// Why a regular expression is none.
struct PatternProblem {
    QString reason;        ///< in the words of the expressions' library
    qsizetype position = 0; ///< in characters of the text
};

/// A query made ready. Immutable: any number of threads may match with it.
class TextPattern final {
public:
    static std::expected<std::shared_ptr<const TextPattern>, PatternProblem> compile(const TextQuery& query);
    ~TextPattern();
    TextPattern(const TextPattern&) = delete;
    TextPattern& operator=(const TextPattern&) = delete;

    /// The same text means the same in whatever stands around it, so that many lines can be looked through at once.
    [[nodiscard]] bool isLiteral() const;

private:
    class Private;
    friend class TextMatcher;
    explicit TextPattern(std::unique_ptr<Private> made);
    std::unique_ptr<Private> d;
};

/// Where something was found, in bytes.
struct TextSpan {
    qsizetype start = 0;
    qsizetype size = 0;

    friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

/// Matches with a pattern, in one thread. The text is valid UTF-8. A regular expression sees at most a mebibyte more
/// of a line than where it begins, and gives up a line that takes it too many steps.
class TextMatcher final {
public:
    /// `steps`: how much work a line may be.
    explicit TextMatcher(std::shared_ptr<const TextPattern> pattern, quint32 steps = 1'000'000);
    ~TextMatcher();
    TextMatcher(const TextMatcher&) = delete;
    TextMatcher& operator=(const TextMatcher&) = delete;

    /// Asked between pieces of a long text; true ends the search as if nothing were there.
    void setInterruption(std::function<bool()> isInterrupted);
    [[nodiscard]] std::optional<TextSpan> find(QByteArrayView text, qsizetype from = 0);
    /// A line was given up.
    [[nodiscard]] bool hasGivenUp() const { return m_hasGivenUp; }

private:
    [[nodiscard]] std::optional<TextSpan> findBytes(QByteArrayView text, qsizetype from) const;
    [[nodiscard]] std::optional<TextSpan> findIn(QByteArrayView text, qsizetype from, qsizetype end);

    class Private;
    std::shared_ptr<const TextPattern> m_pattern;
    std::function<bool()> m_isInterrupted;
    bool m_hasGivenUp = false;
    std::unique_ptr<Private> d;
};

} // namespace kindling
