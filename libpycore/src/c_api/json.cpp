#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <ostream>
#include <streambuf>

#include "c_api/error.hpp"
#include "c_api/handles.hpp"
#include "pycore/text.hpp"

namespace pycore::c_api {
namespace {

// Streams swallow what their buffer throws: these remember it.
class Output : public std::streambuf {
public:
    [[nodiscard]] virtual int code() const = 0;

protected:
    int_type overflow(int_type character) override
    {
        const char byte = traits_type::to_char_type(character);
        return xsputn(&byte, 1) == 1 ? character : traits_type::eof();
    }
};

/// Memory of malloc(), as the caller frees it.
class MemoryOutput final : public Output {
public:
    MemoryOutput() = default;
    MemoryOutput(const MemoryOutput&) = delete;
    MemoryOutput& operator=(const MemoryOutput&) = delete;
    ~MemoryOutput() override { std::free(bytes_); }

    [[nodiscard]] int code() const override { return failed_ ? PYCORE_ERROR_NO_MEMORY : PYCORE_OK; }
    [[nodiscard]] std::size_t size() const { return size_; }

    /// With a NUL, of exactly its size.
    char* release()
    {
        if (!reserve(size_ + 1)) {
            return nullptr;
        }
        bytes_[size_] = '\0';
        return std::exchange(bytes_, nullptr);
    }

private:
    std::streamsize xsputn(const char* bytes, std::streamsize count) override
    {
        const auto size = static_cast<std::size_t>(count);
        const std::size_t needed = size_ + size;
        if (needed > room_ && !reserve(std::max(needed, room_ + room_ / 2))) {
            return 0;
        }
        std::memcpy(bytes_ + size_, bytes, size);
        size_ = needed;
        return count;
    }

    bool reserve(std::size_t size)
    {
        auto* const grown = static_cast<char*>(std::realloc(bytes_, size));
        failed_ = grown == nullptr;
        if (!failed_) {
            bytes_ = grown;
            room_ = size;
        }
        return !failed_;
    }

    char* bytes_ = nullptr;
    std::size_t size_ = 0;
    std::size_t room_ = 0;
    bool failed_ = false;
};

class WriterOutput final : public Output {
public:
    WriterOutput(pycore_writer writer, void* user_data) : writer_(writer), user_data_(user_data) {}

    [[nodiscard]] int code() const override { return stopped_ ? PYCORE_ERROR_CALLBACK : PYCORE_OK; }

private:
    std::streamsize xsputn(const char* bytes, std::streamsize count) override
    {
        try {
            stopped_ = stopped_ || writer_(user_data_, bytes, static_cast<std::size_t>(count)) != 0;
        } catch (...) {
            stopped_ = true;
        }
        return stopped_ ? 0 : count;
    }

    pycore_writer writer_;
    void* user_data_;
    bool stopped_ = false;
};

int write_to(Output& output, const pycore_report& report, pycore_error* error)
{
    std::ostream stream(&output);
    write_json(report.report, stream);
    const int code = output.code();
    if (code == PYCORE_ERROR_CALLBACK) {
        return fail(error, code, "the writer wanted no more");
    }
    return code == PYCORE_OK && stream ? code
                                       : fail(error, PYCORE_ERROR_NO_MEMORY, "out of memory");
}

}  // namespace
}  // namespace pycore::c_api

using namespace pycore;

int pycore_report_json(const pycore_report* report,
                       char** json,
                       size_t* length,
                       pycore_error* error) noexcept
{
    return c_api::guarded(error, [&] {
        if (report == nullptr || json == nullptr) {
            return c_api::fail(error, PYCORE_ERROR_ARGUMENT, "pycore_report_json: a NULL");
        }
        *json = nullptr;
        c_api::MemoryOutput output;
        if (const int code = c_api::write_to(output, *report, error); code != PYCORE_OK) {
            return code;
        }
        const std::size_t size = output.size();
        *json = output.release();
        if (*json == nullptr) {
            return c_api::fail(error, PYCORE_ERROR_NO_MEMORY, "out of memory");
        }
        if (length != nullptr) {
            *length = size;
        }
        return int{PYCORE_OK};
    });
}

int pycore_report_write_json(const pycore_report* report,
                             pycore_writer writer,
                             void* user_data,
                             pycore_error* error) noexcept
{
    return c_api::guarded(error, [&] {
        if (report == nullptr || writer == nullptr) {
            return c_api::fail(error, PYCORE_ERROR_ARGUMENT, "pycore_report_write_json: a NULL");
        }
        c_api::WriterOutput output(writer, user_data);
        return c_api::write_to(output, *report, error);
    });
}

void pycore_free(void* memory) noexcept
{
    std::free(memory);
}

size_t pycore_printable(const char* text, char* buffer, size_t size) noexcept
{
    if (buffer != nullptr && size > 0) {
        *buffer = '\0';
    }
    try {
        const std::string printable = to_printable(text == nullptr ? "" : text);
        if (buffer == nullptr || size == 0) {
            return printable.size();
        }
        std::size_t kept = std::min(printable.size(), size - 1);
        while (kept < printable.size() && kept > 0 &&
               (static_cast<unsigned char>(printable[kept]) & 0xC0) == 0x80) {
            --kept;
        }
        std::memcpy(buffer, printable.data(), kept);
        buffer[kept] = '\0';
        return printable.size();
    } catch (...) {
        return 0;
    }
}
