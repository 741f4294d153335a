#include <pycore/analyze.hpp>
#include <pycore/report.hpp>

#include <cstdio>

// Reaches every library that a static pycore brings along: a link without one of them fails.
int main()
{
    const auto report = pycore::analyze("/dev/null");
    if (report) {
        std::puts("/dev/null was taken for a core");
        return 1;
    }
    std::puts(pycore::describe(report.fault()).c_str());
    return 0;
}
