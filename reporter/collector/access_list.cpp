#include "collector/access_list.hpp"

#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <sys/xattr.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace pycore {
namespace {

constexpr const char* attribute = "system.posix_acl_access";
constexpr std::size_t max_bytes = 4096;

struct Entry {
    std::uint16_t tag;
    std::uint16_t rights;
    std::uint32_t id;
};
static_assert(sizeof(Entry) == sizeof(posix_acl_xattr_entry));

// In the order that the kernel wants, which is the one that it gives.
std::vector<Entry> named_readers(int core)
{
    std::array<std::byte, max_bytes> bytes{};
    const ssize_t size = ::fgetxattr(core, attribute, bytes.data(), bytes.size());
    std::vector<Entry> readers;
    for (std::size_t at = sizeof(std::uint32_t);
         size > 0 && at + sizeof(Entry) <= static_cast<std::size_t>(size); at += sizeof(Entry)) {
        Entry entry{};
        std::memcpy(&entry, bytes.data() + at, sizeof(entry));
        if (entry.tag == ACL_USER && (entry.rights & ACL_READ) != 0) {
            readers.push_back({ACL_USER, ACL_READ, entry.id});
        }
    }
    return readers;
}

}  // namespace

void copy_readers(int core, int report)
{
    const std::vector<Entry> readers = named_readers(core);
    if (readers.empty()) {
        return;
    }
    constexpr auto nobody = static_cast<std::uint32_t>(ACL_UNDEFINED_ID);
    std::vector<Entry> all{{ACL_USER_OBJ, ACL_READ | ACL_WRITE, nobody}};
    all.insert(all.end(), readers.begin(), readers.end());
    all.push_back({ACL_GROUP_OBJ, ACL_READ, nobody});
    all.push_back({ACL_MASK, ACL_READ, nobody});
    all.push_back({ACL_OTHER, 0, nobody});
    constexpr std::uint32_t version = POSIX_ACL_XATTR_VERSION;
    std::vector<std::byte> bytes(sizeof(version) + all.size() * sizeof(Entry));
    std::memcpy(bytes.data(), &version, sizeof(version));
    std::memcpy(bytes.data() + sizeof(version), all.data(), all.size() * sizeof(Entry));
    // Without it fewer may read the report, which is no harm.
    ::fsetxattr(report, attribute, bytes.data(), bytes.size(), 0);
}

}  // namespace pycore
