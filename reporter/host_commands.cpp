#include "host_commands.hpp"

#include <array>
#include <charconv>
#include <span>
#include <string_view>
#include <vector>

#include "pycore/text.hpp"

namespace pycore {
namespace {

using Words = std::vector<std::string_view>;

// Takes `--config FILE` or `--config=FILE` out of `words`. False where the file is missing.
bool take_settings_file(Words& words, std::string& file)
{
    constexpr std::string_view joined = "--config=";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool separate = words[i] == "--config";
        if (!separate && !words[i].starts_with(joined)) {
            continue;
        }
        if (separate && i + 1 == words.size()) {
            return false;
        }
        file = separate ? words[i + 1] : words[i].substr(joined.size());
        const auto first = words.begin() + static_cast<std::ptrdiff_t>(i);
        words.erase(first, first + (separate ? 2 : 1));
        return !file.empty();
    }
    return true;
}

template <class Number>
bool parse(std::string_view digits, Number& into)
{
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, into);
    return error == std::errc() && stopped == end;
}

HostCommand parse_abrt(Words words, AbrtRequest request)
{
    for (const std::string_view word : words) {
        if (word == "--refresh") {
            request.refresh = true;
        } else if (word.starts_with("--") || word.empty() || !request.folder.empty()) {
            return UsageError{"--abrt takes one folder and --refresh, not '" + to_printable(word) +
                              "'"};
        } else {
            request.folder = word;
        }
    }
    if (request.folder.empty()) {
        return UsageError{"--abrt needs the folder of a problem"};
    }
    return request;
}

HostCommand parse_from_kernel(const Words& words, KernelPipeRequest request)
{
    constexpr std::size_t count = 6;
    const bool right = words.size() == count && parse(words[0], request.pid) &&
                       parse(words[1], request.user) && parse(words[2], request.group) &&
                       parse(words[3], request.signal) && parse(words[4], request.time) &&
                       parse(words[5], request.dumpable);
    constexpr std::uint64_t last_second = UINT64_MAX / 1'000'000 - 1;
    if (!right || request.time > last_second) {
        return UsageError{"--from-kernel takes six numbers: %P %u %g %s %t %d"};
    }
    return request;
}

}  // namespace

std::optional<HostCommand> parse_host_command(int count, const char* const* arguments)
{
    const std::span all(arguments, static_cast<std::size_t>(count));
    if (all.size() < 2) {
        return std::nullopt;
    }
    const std::string_view mode = all[1];
    if (mode != "--abrt" && mode != "--from-kernel") {
        return std::nullopt;
    }
    Words words(all.begin() + 2, all.end());
    std::string settings_file = default_settings_file;
    if (!take_settings_file(words, settings_file)) {
        return UsageError{"--config needs a file"};
    }
    if (mode == "--abrt") {
        AbrtRequest request;
        request.settings_file = settings_file;
        return parse_abrt(words, request);
    }
    KernelPipeRequest request;
    request.settings_file = settings_file;
    return parse_from_kernel(words, request);
}

}  // namespace pycore
