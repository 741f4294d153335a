#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "privacy/secret_shapes.hpp"
#include "privacy/text_pattern.hpp"
#include "pycore/privacy.hpp"

namespace pycore {

/// Knows what is a secret, takes it out of texts, and counts.
class SecretFilter {
public:
    /// `patterns`: what the user wants out besides, see `TextPattern`.
    explicit SecretFilter(std::span<const std::string> patterns = {});

    /// Whether what has this name is a secret.
    [[nodiscard]] bool is_secret_name(std::string_view name) const;

    /// Remembers the value of a secret, the repr() of a str or bytes object, so that it is found
    /// under other names too. Anything else is not remembered, nor what is too short to be told
    /// from other text.
    void learn(std::string_view repr);

    /// Takes the secrets out of `text`. True when there were any, which are counted as of `where`.
    bool redact(std::string& text, std::string_view where);
    /// The same for a line of source code, whose arguments are names of values and no values.
    bool redact_code(std::string& line, std::string_view where);

    /// The value of a secret's name. What tells nothing stays: None, True, `<function ...>`, and
    /// objects that print as their address. True when it was replaced, which is counted.
    bool redact_named(std::string& repr, std::string_view where);

    void count(std::string_view where, std::string_view reason, std::uint64_t number = 1);
    [[nodiscard]] std::vector<Redaction> redactions() const;

private:
    /// The places of secrets in one text, counted by their kind.
    struct Finding {
        std::vector<TextSpan> spans;
        std::size_t counted = 0;
    };

    void count_new(Finding& finding, std::string_view where, std::string_view reason);
    void find_known(const std::string& text, Finding& finding, std::string_view where);

    std::vector<TextPattern> patterns_;
    std::vector<std::string> known_;  ///< values of secrets, as texts show them
    std::map<std::pair<std::string, std::string>, std::uint64_t> counts_;
};

}  // namespace pycore
