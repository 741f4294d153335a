#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "pycore/fault.hpp"

namespace pycore {

/// A `T`, or the `Fault` that prevented it. Reading the wrong side is a bug of ours and throws
/// `std::bad_variant_access`.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Fault fault) : state_(std::in_place_index<1>, fault) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
    [[nodiscard]] T& value() & { return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
    [[nodiscard]] const Fault& fault() const { return std::get<1>(state_); }

    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    /// The value, or `other` when there is a fault.
    [[nodiscard]] T value_or(T other) const& { return has_value() ? value() : std::move(other); }

private:
    std::variant<T, Fault> state_;
};

/// Success without a value, or the `Fault` that prevented it.
template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Fault fault) : state_(fault) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] const Fault& fault() const { return std::get<1>(state_); }

private:
    std::variant<std::monostate, Fault> state_;
};

}  // namespace pycore
