#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace pycore::html {

/// The bytes of a page, however large the report is.
inline constexpr std::size_t most_page_bytes = 5'000'000;

/// Writes a page and counts its bytes. Text that comes from the core goes through `text`, and only
/// there: what `markup` gets was written by us, numbers of ours included.
class Page {
public:
    explicit Page(std::ostream& out) : out_(out) {}

    Page& markup(std::string_view ours);
    /// At most `most` characters, and a remark where there were more.
    Page& text(std::string_view from_core, std::size_t most = 600);
    /// The same without a remark, for where there can be no markup.
    Page& title(std::string_view from_core, std::size_t most);
    Page& number(std::uint64_t number);

    /// What the part being written may take has been taken: it says so and ends. A part asks
    /// before each of its items, which are small.
    [[nodiscard]] bool full() const noexcept { return written_ >= stop_; }
    /// Bytes until then.
    [[nodiscard]] std::size_t room() const noexcept { return full() ? 0 : stop_ - written_; }
    /// For an `id` of ours: 1, 2, ...
    [[nodiscard]] std::size_t next_id() noexcept { return ++ids_; }
    [[nodiscard]] std::size_t written() const noexcept { return written_; }

private:
    friend class Allowance;

    std::ostream& out_;
    std::size_t written_ = 0;
    std::size_t ids_ = 0;
    std::size_t stop_ = most_page_bytes;
};

/// While it lives, the page is full after `bytes` more, or when it was going to be before.
class Allowance {
public:
    Allowance(Page& page, std::size_t bytes);
    Allowance(const Allowance&) = delete;
    Allowance& operator=(const Allowance&) = delete;
    ~Allowance() { page_.stop_ = before_; }

private:
    Page& page_;
    std::size_t before_;
};

}  // namespace pycore::html
