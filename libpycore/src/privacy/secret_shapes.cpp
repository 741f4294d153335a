#include "privacy/secret_shapes.hpp"

#include <algorithm>
#include <array>

namespace pycore {
namespace {

constexpr auto none = std::string_view::npos;

bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_token_character(char c)
{
    return is_alphanumeric(c) || c == '_' || c == '-';
}

/// Where a run of token characters that starts at `at` ends.
std::size_t end_of_token(std::string_view text, std::size_t at)
{
    while (at < text.size() && is_token_character(text[at])) {
        ++at;
    }
    return at;
}

/// Calls `visit(at)` for each place of `word`; it returns where to go on.
template <class Visit>
void visit_all(std::string_view text, std::string_view word, Visit visit)
{
    for (std::size_t at = text.find(word); at != none; at = text.find(word, at)) {
        at = std::max(visit(at), at + 1);
    }
}

void find_pem(std::string_view text, std::vector<TextSpan>& spans)
{
    visit_all(text, "-----BEGIN ", [&](std::size_t at) {
        std::size_t end = text.find("-----END ", at);
        if (end != none) {
            end = text.find("-----", end + 9);
        }
        // A block that a limit cut is one to the end.
        end = end == none ? text.size() : end + 5;
        spans.push_back({at, end});
        return end;
    });
}

void find_web_tokens(std::string_view text, std::vector<TextSpan>& spans)
{
    constexpr std::size_t shortest = 10;
    visit_all(text, "eyJ", [&](std::size_t at) {
        const std::size_t header = end_of_token(text, at);
        if (header - at < shortest || header >= text.size() || text[header] != '.') {
            return header;
        }
        std::size_t end = end_of_token(text, header + 1);
        if (end < text.size() && text[end] == '.') {
            end = end_of_token(text, end + 1);
        }
        spans.push_back({at, end});
        return end;
    });
}

/// How keys of a service begin, and how many characters follow at least.
struct KeyShape {
    std::string_view prefix;
    std::size_t shortest;
};

// AWS, GitHub, GitLab, Slack, Stripe, Google, npm, PyPI, and what several services of language
// models use.
constexpr std::array key_shapes{
    KeyShape{"AKIA", 16},  KeyShape{"ASIA", 16},     KeyShape{"ghp_", 20},
    KeyShape{"gho_", 20},  KeyShape{"ghu_", 20},     KeyShape{"ghs_", 20},
    KeyShape{"ghr_", 20},  KeyShape{"glpat-", 16},   KeyShape{"github_pat_", 20},
    KeyShape{"xoxb-", 10}, KeyShape{"xoxp-", 10},    KeyShape{"xoxa-", 10},
    KeyShape{"xoxs-", 10}, KeyShape{"sk_live_", 16}, KeyShape{"rk_live_", 16},
    KeyShape{"AIza", 30},  KeyShape{"npm_", 30},     KeyShape{"pypi-AgE", 16},
    KeyShape{"sk-", 20}};

void find_keys(std::string_view text, std::vector<TextSpan>& spans)
{
    for (const KeyShape& shape : key_shapes) {
        visit_all(text, shape.prefix, [&](std::size_t at) {
            const std::size_t end = end_of_token(text, at);
            const bool begins = at == 0 || !is_alphanumeric(text[at - 1]);
            if (begins && end - at >= shape.prefix.size() + shape.shortest) {
                spans.push_back({at, end});
            }
            return end;
        });
    }
}

void find_user_information(std::string_view text, std::vector<TextSpan>& spans)
{
    visit_all(text, "://", [&](std::size_t at) {
        const std::size_t begin = at + 3;
        const std::size_t end = text.find_first_of("/?# \t\n'\"<>@\\", begin);
        if (end != none && text[end] == '@' && end > begin) {
            spans.push_back({begin, end});
        }
        return end == none ? text.size() : end;
    });
}

void find_bearers(std::string_view text, std::vector<TextSpan>& spans)
{
    constexpr std::size_t shortest = 8;
    constexpr std::string_view part_of_token = "._~+/=";
    for (const std::string_view word : {"Bearer ", "bearer ", "BEARER ", "Basic "}) {
        visit_all(text, word, [&](std::size_t at) {
            const std::size_t begin = at + word.size();
            std::size_t end = begin;
            while (end < text.size() &&
                   (is_token_character(text[end]) || part_of_token.find(text[end]) != none)) {
                ++end;
            }
            if (end - begin >= shortest) {
                spans.push_back({begin, end});
            }
            return end;
        });
    }
}

}  // namespace

void find_secret_shapes(std::string_view text, std::vector<TextSpan>& spans)
{
    find_pem(text, spans);
    find_web_tokens(text, spans);
    find_keys(text, spans);
    find_user_information(text, spans);
    find_bearers(text, spans);
}

}  // namespace pycore
