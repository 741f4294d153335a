#include "broken_core.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pycore::robustness {
namespace {

void require(bool done, const char* what)
{
    if (!done) {
        throw std::system_error(errno, std::generic_category(), what);
    }
}

}  // namespace

BrokenCore::BrokenCore(std::span<const std::byte> pristine)
    : pristine_(pristine), descriptor_(memfd_create("core", MFD_CLOEXEC))
{
    require(descriptor_ >= 0, "memfd_create");
    write(0, pristine_);
}

BrokenCore::~BrokenCore()
{
    close(descriptor_);
}

void BrokenCore::apply(const Case& broken)
{
    if (broken.kind == Case::Kind::cut) {
        require(ftruncate(descriptor_, static_cast<off_t>(broken.offset)) == 0, "ftruncate");
    } else {
        write(broken.offset, broken.bytes);
    }
}

void BrokenCore::undo(const Case& broken)
{
    if (broken.kind == Case::Kind::cut) {
        write(broken.offset, pristine_.subspan(broken.offset));
    } else {
        write(broken.offset, pristine_.subspan(broken.offset, broken.bytes.size()));
    }
}

void BrokenCore::write(std::uint64_t offset, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t done =
            pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        require(done > 0, "pwrite");
        offset += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

}  // namespace pycore::robustness
