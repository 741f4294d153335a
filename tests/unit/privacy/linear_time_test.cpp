#include <algorithm>
#include <ctime>
#include <functional>
#include <string>

#include "privacy/secret_filter.hpp"
#include "support/catch.hpp"

namespace pycore::test {
namespace {

using Work = std::function<void(const std::string&)>;

std::string filled(const std::string& part, std::size_t size)
{
    std::string text;
    while (text.size() < size) {
        text += part;
    }
    text.resize(size);
    return text;
}

double seconds_of(const Work& work, const std::string& text)
{
    timespec start{};
    timespec end{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    work(text);
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return static_cast<double>(end.tv_sec - start.tv_sec) +
           static_cast<double>(end.tv_nsec - start.tv_nsec) / 1e9;
}

// Sixteen times the text in a time far from 256 times as long. The best of some tries: what others
// do on the machine only adds to it.
bool is_linear(const Work& work, const std::string& part)
{
    constexpr std::size_t small = 8 << 10;
    constexpr double least = 50e-6;  // below this a clock tells nothing
    const std::string text = filled(part, small);
    double base = seconds_of(work, text);
    for (int tries = 0; tries < 4; ++tries) {
        base = std::min(base, seconds_of(work, text));
    }
    base = std::max(base, least);
    for (int tries = 0; tries < 3; ++tries) {
        if (seconds_of(work, filled(part, 16 * small)) < 48 * base) {
            return true;
        }
    }
    return false;
}

TEST_CASE("a test of linear time sees what is not", "[privacy]")
{
    CHECK_FALSE(is_linear(
        [](const std::string& text) {
            volatile std::size_t steps = 0;
            const std::size_t side = text.size() / 16;
            for (std::size_t i = 0; i < side * side; ++i) {
                steps = steps + 1;
            }
        },
        "a"));
}

TEST_CASE("secrets are looked for in linear time", "[privacy]")
{
    const Work redact = [](const std::string& text) {
        SecretFilter filter;
        filter.learn("'a known secret'");
        std::string value = text;
        filter.redact(value, "here");
        std::string code = text;
        filter.redact_code(code, "here");
        (void)filter.is_secret_name(text);
    };
    for (const std::string part : {"a", "-----BEGIN ", "://a:", "token=", "eyJ", "'a'"}) {
        INFO(part);
        CHECK(is_linear(redact, part));
    }
}

TEST_CASE("patterns of --redact take linear time whatever their stars", "[privacy]")
{
    for (const std::string pattern : {"*a*a*a*a*a*a*a*a*b", "aa*aa*aa*aa*c", "*.*.*.*@*"}) {
        const Work find = [&pattern](const std::string& text) {
            std::vector<TextSpan> spans;
            TextPattern(pattern).find(text, spans);
        };
        INFO(pattern);
        for (const char* const part : {"a", "a ", "."}) {
            CHECK(is_linear(find, part));
        }
    }
}

}  // namespace
}  // namespace pycore::test
