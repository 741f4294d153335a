#include "privacy/secret_filter.hpp"

#include <algorithm>
#include <array>

#include "privacy/named_secrets.hpp"
#include "privacy/redacted_text.hpp"
#include "privacy/secret_names.hpp"

namespace pycore {
namespace {

// A shorter one is a word that may stand anywhere.
constexpr std::size_t shortest_known = 6;
constexpr std::size_t longest_known = 4096;
// Each is looked for in every text: a process whose dicts are full of secrets must not cost hours.
constexpr std::size_t most_known = 256;

bool tells_nothing(std::string_view repr)
{
    constexpr std::array whole{std::string_view{"None"}, std::string_view{"True"},
                               std::string_view{"False"}, std::string_view{"''"},
                               std::string_view{"b''"}};
    constexpr std::array beginnings{
        std::string_view{"<function "}, std::string_view{"<class "},
        std::string_view{"<module "},   std::string_view{"<bound method "},
        std::string_view{"<built-in "}, std::string_view{"<method "},
        std::string_view{"<corrupt: "}, std::string_view{"<not saved "}};
    return std::ranges::find(whole, repr) != whole.end() ||
           std::ranges::any_of(beginnings, [&](auto word) { return repr.starts_with(word); }) ||
           (repr.starts_with('<') && repr.find(" object at 0x") != std::string_view::npos);
}

/// Puts the mark in place of each span. False when there are none.
bool replace(std::string& text, std::vector<TextSpan>& spans)
{
    if (spans.empty()) {
        return false;
    }
    std::ranges::sort(spans, {}, &TextSpan::begin);
    std::string result;
    std::size_t at = 0;
    for (const TextSpan& span : spans) {
        if (span.end <= at) {
            continue;
        }
        // Spans that touch or overlap have one mark.
        if (span.begin > at || at == 0) {
            result.append(text, at, std::max(span.begin, at) - at).append(redacted_text);
        }
        at = span.end;
    }
    result.append(text, at, std::string::npos);
    text = std::move(result);
    return true;
}

}  // namespace

SecretFilter::SecretFilter(std::span<const std::string> patterns)
    : patterns_(patterns.begin(), patterns.end())
{
}

bool SecretFilter::is_secret_name(std::string_view name) const
{
    return pycore::is_secret_name(name) ||
           std::ranges::any_of(patterns_, [&](const auto& one) { return one.matches(name); });
}

void SecretFilter::learn(std::string_view repr)
{
    if (repr.starts_with('b')) {
        repr.remove_prefix(1);
    }
    if (repr.size() < 2 || (repr.front() != '\'' && repr.front() != '"')) {
        return;
    }
    // Where a limit cut it the quote is followed by dots.
    const std::size_t end = repr.rfind(repr.front());
    const std::string_view value = repr.substr(1, end - 1);
    if (end == 0 || value.size() < shortest_known || value.size() > longest_known ||
        known_.size() >= most_known || std::ranges::find(known_, value) != known_.end()) {
        return;
    }
    known_.emplace_back(value);
}

void SecretFilter::count_new(Finding& finding, std::string_view where, std::string_view reason)
{
    if (finding.spans.size() > finding.counted) {
        count(where, reason, finding.spans.size() - finding.counted);
        finding.counted = finding.spans.size();
    }
}

void SecretFilter::find_known(const std::string& text, Finding& finding, std::string_view where)
{
    find_secret_shapes(text, finding.spans);
    count_new(finding, where, "secret-shape");
    for (const std::string& value : known_) {
        for (std::size_t at = text.find(value); at != std::string::npos;
             at = text.find(value, at + value.size())) {
            finding.spans.push_back({at, at + value.size()});
        }
    }
    count_new(finding, where, "known-secret");
    for (const TextPattern& pattern : patterns_) {
        pattern.find(text, finding.spans);
    }
    count_new(finding, where, "pattern");
}

bool SecretFilter::redact(std::string& text, std::string_view where)
{
    Finding finding;
    find_named_secrets(text, finding.spans);
    count_new(finding, where, "secret-name");
    find_known(text, finding, where);
    return replace(text, finding.spans);
}

bool SecretFilter::redact_code(std::string& line, std::string_view where)
{
    Finding finding;
    find_known(line, finding, where);
    return replace(line, finding.spans);
}

bool SecretFilter::redact_named(std::string& repr, std::string_view where)
{
    if (tells_nothing(repr)) {
        return false;
    }
    learn(repr);
    repr = redacted_text;
    count(where, "secret-name");
    return true;
}

void SecretFilter::count(std::string_view where, std::string_view reason, std::uint64_t number)
{
    counts_[{std::string(where), std::string(reason)}] += number;
}

std::vector<Redaction> SecretFilter::redactions() const
{
    std::vector<Redaction> result;
    for (const auto& [place, number] : counts_) {
        result.push_back({.where = place.first, .reason = place.second, .count = number});
    }
    return result;
}

}  // namespace pycore
