#pragma once

#include <array>
#include <ostream>
#include <streambuf>

namespace pycore {

/// A file descriptor, which stays the caller's, behind a `std::streambuf`. Keeps the first error.
class DescriptorBuffer final : public std::streambuf {
public:
    explicit DescriptorBuffer(int descriptor);

    /// 0, or the errno of the first write that failed. Nothing is written after it.
    [[nodiscard]] int error() const noexcept { return error_; }

private:
    int_type overflow(int_type c) override;
    int sync() override;
    std::streamsize xsputn(const char* bytes, std::streamsize count) override;
    bool write_all(const char* bytes, std::size_t count);
    bool drain();

    int descriptor_;
    int error_ = 0;
    std::array<char, 16 << 10> pending_{};
};

}  // namespace pycore
