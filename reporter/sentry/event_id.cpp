#include <cstdint>
#include <string_view>

#include "sentry/event.hpp"
#include "view/words.hpp"

namespace pycore::sentry {
namespace {

// FNV-1a, spread out at the end: two of them with different starts are enough to tell events apart,
// and nobody gains from making two of the same id.
class Hash {
public:
    explicit Hash(std::uint64_t start) : state_(start) {}

    void add(std::uint64_t value)
    {
        for (int shift = 0; shift < 64; shift += 8) {
            state_ = (state_ ^ ((value >> shift) & 0xFFU)) * 0x100000001b3U;
        }
    }

    void add(std::string_view text)
    {
        for (const char letter : text) {
            state_ = (state_ ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
        }
        add(std::uint64_t{text.size()});
    }

    [[nodiscard]] std::uint64_t value() const
    {
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31U);
    }

private:
    std::uint64_t state_;
};

std::uint64_t number(std::optional<std::int32_t> value)
{
    return value ? static_cast<std::uint64_t>(static_cast<std::uint32_t>(*value)) : UINT64_MAX;
}

// What no two processes have in common: ids, and where the kernel put things.
std::uint64_t hash_of(const Report& report, std::uint64_t start)
{
    const Snapshot& snapshot = report.snapshot;
    Hash hash(start);
    hash.add(number(snapshot.process.pid));
    hash.add(snapshot.process.command.value_or(""));
    hash.add(snapshot.core.size);
    hash.add(snapshot.crash ? number(snapshot.crash->signal.number) : 0);
    hash.add(report.signature ? report.signature->id : "");
    for (const Thread& thread : snapshot.threads) {
        hash.add(number(thread.tid));
        hash.add(thread.python_thread_id.value_or(0));
        hash.add(thread.registers ? thread.registers->pc.value : 0);
        hash.add(thread.registers ? thread.registers->sp.value : 0);
    }
    for (const ModuleDescription& module : snapshot.modules) {
        hash.add(module.range.low().value);
    }
    return hash.value();
}

std::string digits(std::uint64_t value)
{
    std::string made = hex(value).substr(2);
    return std::string(16 - made.size(), '0') + made;
}

}  // namespace

std::string event_id(const Report& report)
{
    const std::uint64_t high = hash_of(report, 0xcbf29ce484222325U);
    const std::uint64_t low = hash_of(report, 0x84222325cbf29ce4U);
    return digits((high & 0xFFFF'FFFF'FFFF'0FFFU) | 0x4000U) +
           digits((low & 0x3FFF'FFFF'FFFF'FFFFU) | 0x8000'0000'0000'0000U);
}

}  // namespace pycore::sentry
