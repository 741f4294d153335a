#include "native_process.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

constexpr std::uint64_t futex = 202;
constexpr Address object{NativeProcess::data.value + 0x800};

/// What thread 7 waits for that sleeps `offset` bytes into `object`, which has these words. Thread
/// 8 is there, too.
NativeState sleep_in(const std::vector<std::uint32_t>& words,
                     std::uint64_t offset,
                     std::uint64_t operation,
                     std::uint64_t expected,
                     const char* function = nullptr,
                     std::uint64_t timeout = 0)
{
    NativeProcess process;
    process.add_thread(8);
    std::vector<StackFrame> stack;
    if (function != nullptr) {
        stack = {native_call("__futex_abstimed_wait_common"), native_call(function)};
    }
    process.add_thread(7, std::move(stack));
    process.write_words(object, words);
    process.enter(futex, {object.value + offset, operation, expected, timeout});
    return process.read();
}

TEST_CASE("a pthread mutex is known by its owner", "[waits]")
{
    const std::uint32_t kind = GENERATE(0U, 1U, 2U, 3U, 0x80U);
    const NativeState state =
        sleep_in({2, 0, 8, 1, kind}, 0, kind == 0x80 ? futex_wait : futex_wait_private, 2);
    CHECK(state.activity == Activity::waiting);
    CHECK(state.wait.kind == ResourceKind::pthread_mutex);
    CHECK(state.wait.object == object);
    CHECK(state.wait.owner_tid == 8);
    CHECK(state.wait.certain);
}

TEST_CASE("robust and inheriting mutexes have their owner in the lock", "[waits]")
{
    const NativeState robust = sleep_in({0x8000'0008, 1, 8, 1, 0x90}, 0, futex_wait, 0x8000'0008);
    CHECK(robust.wait.kind == ResourceKind::pthread_mutex);
    CHECK(robust.wait.owner_tid == 8);
    const NativeState inheriting =
        sleep_in({0xC000'0008, 1, 0, 1, 0x20}, 0, futex_lock_pi_private, 0);
    CHECK(inheriting.wait.kind == ResourceKind::pthread_mutex);
    CHECK(inheriting.wait.owner_tid == 8);
}

TEST_CASE("a mutex of a thread that is not there is not certain without its name", "[waits]")
{
    const NativeState guessed = sleep_in({2, 0, 99, 1, 0}, 0, futex_wait_private, 2);
    CHECK(guessed.wait.kind == ResourceKind::pthread_mutex);
    CHECK(guessed.wait.owner_tid == 99);
    CHECK_FALSE(guessed.wait.certain);

    const NativeState named =
        sleep_in({2, 0, 99, 1, 0}, 0, futex_wait_private, 2, "___pthread_mutex_lock");
    CHECK(named.wait.kind == ResourceKind::pthread_mutex);
    CHECK(named.wait.certain);
    CHECK(named.wait.function == "pthread_mutex_lock");
}

TEST_CASE("a lock inside the C library is only a futex", "[waits]")
{
    CHECK(sleep_in({2, 0, 0, 0, 0}, 0, futex_wait_private, 2).wait.kind == ResourceKind::futex);
    CHECK(sleep_in({2, 0, 8, 1, 0x12345}, 0, futex_wait_private, 2).wait.kind ==
          ResourceKind::futex);
}

TEST_CASE("a mutex that is waited for with a timeout", "[waits]")
{
    const NativeState state = sleep_in({2, 0, 8, 1, 0}, 0, futex_wait_bitset_private, 2, nullptr,
                                       NativeProcess::data.value);
    CHECK(state.wait.kind == ResourceKind::pthread_mutex);
    CHECK(state.wait.timed);
    CHECK_FALSE(state.wait.timeout.has_value());
}

TEST_CASE("both words of a rwlock lead to it", "[waits]")
{
    const std::vector<std::uint32_t> taken{0xB, 0, 3, 3, 0, 0, 8};
    for (const std::uint64_t offset : {8U, 12U}) {
        const NativeState state = sleep_in(taken, offset, futex_wait_bitset_private, 3);
        CHECK(state.wait.kind == ResourceKind::pthread_rwlock);
        CHECK(state.wait.object == object);
        CHECK(state.wait.owner_tid == 8);
        CHECK(state.wait.certain);
    }
    const NativeState readers = sleep_in({0xA, 0, 2, 1, 0, 0, 0}, 8, futex_wait_bitset_private, 2);
    CHECK(readers.wait.kind == ResourceKind::pthread_rwlock);
    CHECK_FALSE(readers.wait.owner_tid.has_value());
    CHECK_FALSE(readers.wait.certain);
}

TEST_CASE("a condition is known by its waiters, in every glibc", "[waits]")
{
    struct Case {
        std::vector<std::uint32_t> words;
        std::uint64_t offset;
        std::uint64_t expected = 0;
    };
    // As cores of glibc 2.36, 2.41 and 2.43 hold them.
    const auto one = GENERATE(Case{{2, 0, 0, 0, 2, 0, 0, 0, 0, 8, 0, 0}, 40},
                              Case{{5, 0, 1, 0, 0, 2, 0, 0, 4, 8, 0, 0}, 44},
                              Case{{2, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0}, 32},
                              Case{{0xA, 0, 6, 0, 2, 0, 0, 0, 4, 8, 0, 0}, 40},
                              Case{{0x24, 0, 0x1C, 0, 4, 0, 0, 0, 8, 0x10, 0, 0}, 40},
                              Case{{0x12, 0, 0xC, 0, 2, 2, 0, 1, 8, 0x10, 0, 0}, 44},
                              Case{{5, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0}, 36},
                              Case{{6, 0, 1, 0, 0, 0, 4, 8, 0, 1, 0, 0}, 32},
                              Case{{0xD, 0, 4, 0, 0, 0, 4, 8, 4, 3, 0, 0}, 36, 3},
                              Case{{0x12, 0, 6, 0, 0, 1, 8, 0x10, 4, 6, 0, 0}, 36, 6});
    const NativeState guessed =
        sleep_in(one.words, one.offset, futex_wait_bitset_private, one.expected);
    CHECK(guessed.wait.kind == ResourceKind::pthread_condition);
    CHECK(guessed.wait.object == object);
    CHECK_FALSE(guessed.wait.certain);

    const NativeState named = sleep_in(one.words, one.offset, futex_wait_bitset_private,
                                       one.expected, "__pthread_cond_timedwait");
    CHECK(named.wait.kind == ResourceKind::pthread_condition);
    CHECK(named.wait.object == object);
    CHECK(named.wait.certain);
}

TEST_CASE("who comes back from a condition waits for its mutex", "[waits]")
{
    const NativeState state =
        sleep_in({2, 0, 8, 1, 0}, 0, futex_wait_private, 2, "pthread_cond_wait");
    CHECK(state.wait.kind == ResourceKind::pthread_mutex);
    CHECK(state.wait.owner_tid == 8);
}

TEST_CASE("a semaphore has waiters beside its value", "[waits]")
{
    const NativeState guessed = sleep_in({0, 2, 0}, 0, futex_wait_bitset_private, 0);
    CHECK(guessed.wait.kind == ResourceKind::pthread_semaphore);
    CHECK(guessed.wait.object == object);
    CHECK_FALSE(guessed.wait.certain);
    CHECK(sleep_in({0, 1, 128}, 0, futex_wait_bitset, 0).wait.kind ==
          ResourceKind::pthread_semaphore);
    CHECK(sleep_in({0, 0, 0}, 0, futex_wait_bitset_private, 0).wait.kind == ResourceKind::futex);
    CHECK(sleep_in({0, 1, 5}, 0, futex_wait_bitset_private, 0).wait.kind == ResourceKind::futex);

    const NativeState named =
        sleep_in({0, 2, 0}, 0, futex_wait_bitset_private, 0, "__new_sem_wait_slow64");
    CHECK(named.wait.certain);
    CHECK(named.wait.function == "sem_wait");
}

TEST_CASE("a word that cannot be read is a futex", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    process.enter(futex, {UINT64_MAX - 3, futex_wait_bitset_private, 0});
    CHECK(process.read().wait.kind == ResourceKind::futex);
    process.enter(futex, {4, futex_wait_bitset_private, 3});
    CHECK(process.read().wait.kind == ResourceKind::futex);
}

TEST_CASE("futex calls that do not sleep are no waits", "[waits]")
{
    NativeProcess process;
    process.add_thread(7);
    process.enter(futex, {object.value, 0x81, 1});
    CHECK_FALSE(process.read().wait.kind.has_value());
    CHECK(process.read().activity == Activity::in_system_call);
}

TEST_CASE("who joins a thread sleeps on its tid, or since glibc 2.43 on its state", "[waits]")
{
    NativeProcess process;
    const std::size_t joined = process.add_thread(8);
    const Address description = process.threads[joined].registers->thread_pointer;
    process.add_thread(7);
    SECTION("its tid")
    {
        process.enter(futex, {description.value + 720, futex_wait_bitset, 8});
        CHECK(process.read().wait.kind == ResourceKind::pthread_join);
        CHECK(process.read().wait.joined == joined);
        CHECK(process.read().wait.certain);
    }
    SECTION("its state")
    {
        process.enter(futex, {description.value + 1576, futex_wait_bitset, 2});
        CHECK(process.read().wait.kind == ResourceKind::pthread_join);
        CHECK(process.read().wait.joined == joined);
    }
    SECTION("another word of it")
    {
        process.enter(futex, {description.value + 728, futex_wait_bitset, 8});
        CHECK(process.read().wait.kind == ResourceKind::futex);
    }
}

}  // namespace
}  // namespace pycore::test
