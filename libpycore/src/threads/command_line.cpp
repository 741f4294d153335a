#include <elf.h>

#include <algorithm>
#include <optional>

#include "pycore/text.hpp"
#include "threads/describe_process.hpp"

namespace pycore {
namespace {

// What the kernel leaves at the top of the main stack, from low to high: argc, argv, null, envp,
// null, the auxiliary vector, then a few hundred bytes up to the random bytes it points to.
constexpr std::uint64_t word_bytes = 8;
constexpr std::uint64_t max_vector_distance = 0x1'0000;
constexpr std::size_t max_arguments = 4096;
constexpr std::size_t max_variables = 1 << 16;
constexpr std::size_t max_argument_bytes = 0x2'0000;
constexpr std::size_t max_total_bytes = 1 << 20;

/// Where the auxiliary vector of NT_AUXV stands in memory.
std::optional<Address> find_vector(const CoreFile& core, const Memory& memory)
{
    const auto random = core.auxiliary(AT_RANDOM);
    const auto vector = core.auxiliary();
    if (!random || vector.empty() || *random < max_vector_distance) {
        return std::nullopt;
    }
    const std::uint64_t top = *random / word_bytes * word_bytes;
    for (std::uint64_t at = top; at > top - max_vector_distance; at -= word_bytes) {
        const auto pair = memory.read<AuxiliaryValue>(Address{at}, "auxiliary vector");
        if (!pair) {
            return std::nullopt;
        }
        if (pair->type == vector[0].type && pair->value == vector[0].value) {
            return Address{at};
        }
    }
    return std::nullopt;
}

/// The words below `at`, nearest first, up to and without the first null.
std::optional<std::vector<std::uint64_t>> read_down_to_null(const Memory& memory,
                                                            Address& at,
                                                            std::size_t max_words)
{
    std::vector<std::uint64_t> words;
    while (words.size() <= max_words && at.value > word_bytes) {
        at.value -= word_bytes;
        const auto word = memory.read<std::uint64_t>(at, "argument vector");
        if (!word) {
            return std::nullopt;
        }
        if (*word == 0) {
            return words;
        }
        words.push_back(*word);
    }
    return std::nullopt;
}

/// The argument pointers, nearest to `at` first: argc, the word before them, says where they end.
std::vector<std::uint64_t> read_arguments(const Memory& memory, Address at)
{
    std::vector<std::uint64_t> words;
    while (words.size() <= max_arguments && at.value > word_bytes) {
        at.value -= word_bytes;
        const auto word = memory.read<std::uint64_t>(at, "argument vector");
        if (!word) {
            break;
        }
        if (*word == words.size()) {
            return words;
        }
        words.push_back(*word);
    }
    return {};
}

/// The texts the pointers lead to; they are nearest to the end first.
std::vector<std::string> read_texts(const Memory& memory,
                                    const std::vector<std::uint64_t>& pointers,
                                    const Limits& limits)
{
    std::vector<std::string> texts;
    std::size_t bytes_left = std::min(max_total_bytes, limits.max_text_bytes);
    for (auto pointer = pointers.rbegin(); pointer != pointers.rend(); ++pointer) {
        const std::size_t most = std::min(bytes_left, max_argument_bytes);
        const auto text = memory.read_c_string(Address{*pointer}, most, "argument");
        if (!text) {
            break;
        }
        bytes_left -= text->size();
        texts.push_back(to_valid_utf8(*text));
    }
    return texts;
}

std::vector<EnvironmentVariable> split_variables(const std::vector<std::string>& texts)
{
    std::vector<EnvironmentVariable> variables;
    for (const std::string& text : texts) {
        if (const auto sign = text.find('='); sign != std::string::npos && sign != 0) {
            variables.push_back({.name = text.substr(0, sign), .value = text.substr(sign + 1)});
        }
    }
    return variables;
}

}  // namespace

InitialStack read_initial_stack(const CoreFile& core, const Memory& memory, const Limits& limits)
{
    const auto vector = find_vector(core, memory);
    if (!vector) {
        return {};
    }
    Address at = *vector;
    const auto end_of_environment = read_down_to_null(memory, at, 0);
    const auto variables =
        end_of_environment ? read_down_to_null(memory, at, max_variables) : std::nullopt;
    if (!variables) {
        return {};
    }
    // `at` is now at the null that ends the arguments.
    return {.arguments = read_texts(memory, read_arguments(memory, at), limits),
            .environment = split_variables(read_texts(memory, *variables, limits))};
}

}  // namespace pycore
