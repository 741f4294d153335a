#pragma once

#include <span>
#include <string_view>

namespace pycore {

/// The lists that decide which names count in a signature: `lists/*.txt`, which say what is in each
/// and why. The build writes these functions.
namespace names {
std::span<const std::string_view> sentinel();
std::span<const std::string_view> irrelevant();
std::span<const std::string_view> prefix();
std::span<const std::string_view> python_plumbing();
std::span<const std::string_view> synonyms();
}  // namespace names

/// Whether `name` is what `pattern` says, where `*` stands for any characters or none. Linear in
/// both for each `*`.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name) noexcept;

[[nodiscard]] bool is_listed(std::span<const std::string_view> patterns, std::string_view name);

/// What `name` counts as.
[[nodiscard]] std::string_view without_synonym(std::string_view name);

}  // namespace pycore
