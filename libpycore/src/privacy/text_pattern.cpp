#include "privacy/text_pattern.hpp"

#include <algorithm>

namespace pycore {
namespace {

constexpr auto none = std::string_view::npos;
constexpr std::string_view between_words = " \t\n\r'\"";

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

/// Where the word around `at` begins, looked for no further back than `first`.
std::size_t begin_of_word(std::string_view text, std::size_t at, std::size_t first)
{
    const std::size_t before = text.substr(first, at - first).find_last_of(between_words);
    return before == none ? first : first + before + 1;
}

std::size_t end_of_word(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_of(between_words, at), text.size());
}

}  // namespace

TextPattern::TextPattern(std::string_view pattern)
    : open_begin_(pattern.starts_with('*')), open_end_(pattern.ends_with('*'))
{
    for (std::size_t at = 0; at <= pattern.size();) {
        const std::size_t star = std::min(pattern.find('*', at), pattern.size());
        if (star > at) {
            parts_.push_back(lower(pattern.substr(at, star - at)));
        }
        at = star + 1;
    }
}

void TextPattern::find(std::string_view text, std::vector<TextSpan>& spans) const
{
    if (parts_.empty()) {
        return;
    }
    const std::string folded = lower(text);
    std::size_t word_end = 0;
    std::size_t seen = 0;  // nothing before is looked at again: a text may be one long word
    for (std::size_t at = folded.find(parts_.front()); at != none;) {
        std::size_t end = at + parts_.front().size();
        word_end = word_end < end ? end_of_word(folded, end) : word_end;
        // The parts that follow have to come in the same word, each as early as it can.
        bool whole = true;
        for (std::size_t i = 1; i < parts_.size() && whole; ++i) {
            const auto next = std::string_view(folded).substr(0, word_end).find(parts_[i], end);
            whole = next != none;
            end = whole ? next + parts_[i].size() : end;
        }
        if (whole) {
            const std::size_t last = open_end_ ? word_end : end;
            spans.push_back({open_begin_ ? begin_of_word(folded, at, seen) : at, last});
            end = last;
        }
        seen = whole ? end : word_end;
        at = folded.find(parts_.front(), seen);
    }
}

bool TextPattern::matches(std::string_view text) const
{
    std::vector<TextSpan> spans;
    find(text, spans);
    return !spans.empty();
}

}  // namespace pycore
