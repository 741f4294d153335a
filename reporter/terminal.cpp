#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace pycore {
namespace {

std::string_view variable(const char* name)
{
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view{} : value;
}

}  // namespace

bool is_capable_terminal(int descriptor)
{
    return ::isatty(descriptor) == 1 && !variable("TERM").empty() && variable("TERM") != "dumb";
}

std::size_t columns_of(int descriptor)
{
    constexpr std::size_t usual = 80;
    struct winsize size {};
    const bool known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
    return known ? size.ws_col : usual;
}

bool use_color(Color wanted, int descriptor)
{
    switch (wanted) {
    case Color::always: return true;
    case Color::never: return false;
    case Color::automatic: break;
    }
    return variable("NO_COLOR").empty() && is_capable_terminal(descriptor);
}

}  // namespace pycore
