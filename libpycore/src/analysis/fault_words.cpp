#include <csignal>

#include "analysis/kind_words.hpp"
#include "analysis/shorten.hpp"
#include "base/file_name.hpp"
#include "base/hex.hpp"

namespace pycore {
namespace {

std::string verb(const Crash& crash)
{
    if (!crash.access) {
        return "accessed";
    }
    switch (crash.access->kind) {
    case MemoryAccess::Kind::read: return "read";
    case MemoryAccess::Kind::write: return "wrote to";
    case MemoryAccess::Kind::read_write: return "changed";
    case MemoryAccess::Kind::execute: return "executed";
    }
    return "accessed";
}

std::string through(const Crash& crash)
{
    const bool known = crash.access && !crash.access->base.empty();
    return known ? "through " + crash.access->base : "";
}

Address faulting(const Crash& crash)
{
    return crash.signal.fault_address.value_or(Address{});
}

/// The address that an instruction meant, which the kernel does not tell when it is not canonical.
std::string meant(const Crash& crash)
{
    if (crash.access && crash.access->kind != MemoryAccess::Kind::execute) {
        return hex(crash.access->address.value);
    }
    return crash.signal.fault_address ? hex(crash.signal.fault_address->value)
                                      : "an unknown address";
}

// "0x10 (NULL plus 16, through rdi)", "NULL (through rax)"
std::string null_address(const Crash& crash)
{
    const std::uint64_t at = faulting(crash).value;
    const std::string register_used = through(crash);
    if (at == 0) {
        return "NULL" + (register_used.empty() ? "" : " (" + register_used + ")");
    }
    return hex(at) + " (NULL plus " + std::to_string(at) +
           (register_used.empty() ? "" : ", " + register_used) + ")";
}

// "a read-only page of libfoo.so"
std::string page_of(const Crash& crash)
{
    const auto& region = crash.fault_target ? crash.fault_target->region : std::nullopt;
    if (!region) {
        return "a page";
    }
    std::string text = "a page";
    if (region->permissions_known) {
        text = region->writable     ? "a writable page"
               : region->readable   ? "a read-only page"
               : region->executable ? "an execute-only page"
                                    : "a page without any permission";
    }
    const std::string file = std::string(file_name(region->file));
    return text + (file.empty() ? "" : " of " + shorten(file));
}

// Who called to nowhere: what lies there has no name.
std::string jump_to(const Snapshot& snapshot, const CrashSite& site, const std::string& where)
{
    // A guessed frame may not be the caller; and to return is to jump, too.
    const bool known =
        site.culprit != nullptr && site.culprit->executable && !is_guess(*site.culprit);
    if (!known) {
        return "a call, jump or return to " + where;
    }
    return who(snapshot, site.culprit) + " called " + where;
}

bool is_misaligned(const Crash& crash)
{
    return crash.access && crash.access->size > 1 &&
           crash.access->address.value % crash.access->size != 0;
}

}  // namespace

std::string null_dereference(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    return who(snapshot, site.innermost) + " " + verb(crash) + " " + null_address(crash);
}

std::string null_call(const Snapshot& snapshot, const CrashSite& site)
{
    const std::uint64_t at = snapshot.crash->access ? snapshot.crash->access->address.value : 0;
    return jump_to(snapshot, site,
                   at == 0 ? "a NULL function pointer"
                           : hex(at) + " (NULL plus " + std::to_string(at) + ") as a function");
}

std::string bad_address(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    if (crash.access && crash.access->kind == MemoryAccess::Kind::execute) {
        return jump_to(snapshot, site, hex(crash.access->address.value) + ", where no code is");
    }
    const bool told = crash.signal.fault_address && crash.signal.code != SI_KERNEL;
    const std::string register_used = through(crash);
    return who(snapshot, site.innermost) + " " + verb(crash) + " " + meant(crash) +
           (register_used.empty() ? "" : " (" + register_used + ")") +
           (told ? ", where nothing is mapped"
            : is_misaligned(crash)
                ? ", which is not aligned to " + std::to_string(crash.access->size) + " bytes"
                : ", which is no valid address");
}

std::string protection(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    if (crash.access && crash.access->kind == MemoryAccess::Kind::execute) {
        return jump_to(snapshot, site,
                       hex(crash.access->address.value) + ", which is " + page_of(crash) +
                           " and not executable");
    }
    return who(snapshot, site.innermost) + " " + verb(crash) + " " + meant(crash) + ", in " +
           page_of(crash);
}

std::string bus_error(const Snapshot& snapshot, const CrashSite& site)
{
    const Crash& crash = *snapshot.crash;
    const auto& region = crash.fault_target ? crash.fault_target->region : std::nullopt;
    const std::string file = region ? std::string(file_name(region->file)) : std::string();
    const std::string why = crash.signal.code == BUS_ADRALN ? ", which is misaligned"
                            : file.empty()                  ? ", which has no memory behind it"
                                           : ", beyond the end of the mapped file " + shorten(file);
    return who(snapshot, site.innermost) + " " + verb(crash) + " " + meant(crash) + why;
}

}  // namespace pycore
