#include "waits/recorded_owners.hpp"

#include "locks_process.hpp"
#include "support/catch.hpp"
#include "support/print.hpp"

namespace pycore::test {
namespace {

std::optional<Owner> owner_of(LocksProcess& process,
                              const Resource& resource,
                              const WaitsSoFar& known = {},
                              const std::vector<std::size_t>& waiters = {})
{
    return process.with_input([&](const WaitInput& input, InterpreterObjects& objects) {
        return RecordedOwners(input, objects, known).find(resource, waiters, 0);
    });
}

TEST_CASE("an RLock says which thread has it", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    process.add_thread(0x70);
    process.add_thread(0x80);
    const Resource mine{.kind = ResourceKind::rlock, .address = process.recursive_lock(0x80)};
    const Resource orphan{.kind = ResourceKind::rlock, .address = process.recursive_lock(0x90)};

    const auto owner = owner_of(process, mine);
    REQUIRE(owner);
    CHECK(owner->thread == 1);
    CHECK(owner->how == OwnerEvidence::recorded);
    CHECK(owner->certain);

    const auto lost = owner_of(process, orphan);
    REQUIRE(lost);
    CHECK_FALSE(lost->thread);
    CHECK(lost->python_thread_id == 0x90);
    CHECK(lost->evidence == "its owner, thread 0x90, is no thread of this process");
}

TEST_CASE("a plain lock, and what is no lock, record nobody", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    process.add_thread(0x70);

    CHECK_FALSE(owner_of(process, {.kind = ResourceKind::lock, .address = process.lock()}));
    CHECK_FALSE(owner_of(process, {.kind = ResourceKind::rlock, .address = process.lock()}));
    CHECK_FALSE(owner_of(process, {.kind = ResourceKind::rlock, .address = Address{0x10}}));
    CHECK_FALSE(owner_of(process, {.kind = ResourceKind::import_lock, .address = process.lock()}));
}

TEST_CASE("an import lock says which thread imports", "[waits]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    LocksProcess process(layout);
    process.add_thread(0x70);
    process.add_class("_ModuleLock", "_frozen_importlib", {});
    const Address lock =
        process.manager("_ModuleLock", {{process.text("owner"), process.integer(0x70)}});

    const auto owner = owner_of(process, {.kind = ResourceKind::import_lock, .address = lock});

    REQUIRE(owner);
    CHECK(owner->thread == 0);
    CHECK(owner->certain);
}

TEST_CASE("a mutex of C code has the owner that glibc recorded", "[waits]")
{
    LocksProcess process(*every_layout().front());
    process.add_thread(0x70);
    process.add_thread(0x80);
    std::vector<NativeState> native(2);
    native[0].wait.owner_tid = 0x80;
    const Resource mutex{.kind = ResourceKind::pthread_mutex, .address = Address{0x5000}};

    const auto owner = owner_of(process, mutex, {.native = native, .waits = {}, .gils = {}}, {0});
    REQUIRE(owner);
    CHECK(owner->thread == 1);

    native[0].wait.owner_tid = 99;
    const auto lost = owner_of(process, mutex, {.native = native, .waits = {}, .gils = {}}, {0});
    REQUIRE(lost);
    CHECK_FALSE(lost->thread);
    CHECK(lost->tid == 99);
}

TEST_CASE("the GIL has a holder while it is held", "[waits]")
{
    LocksProcess process(*every_layout().front());
    process.add_thread(0x70);
    std::vector<std::optional<Gil>> gils{
        Gil{.address = Address{0x9000}, .held = true, .holder = 0}};
    const Resource gil{.kind = ResourceKind::gil, .address = Address{0x9000}};

    CHECK(owner_of(process, gil, {.native = {}, .waits = {}, .gils = gils})->thread == 0);
    gils[0]->held = false;
    CHECK_FALSE(owner_of(process, gil, {.native = {}, .waits = {}, .gils = gils}));
}

}  // namespace
}  // namespace pycore::test
