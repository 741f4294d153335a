// Prints the JSON report of a core through the C++ API, which only the static library has:
// snapshot CORE
#include <pycore/analyze.hpp>
#include <pycore/report.hpp>

#include <iostream>

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "usage: snapshot CORE\n";
        return 2;
    }
    const auto report = pycore::analyze(arguments[1]);
    if (!report) {
        std::cerr << "snapshot: " << pycore::describe(report.fault()) << '\n';
        return 3;
    }
    std::cerr << report->snapshot.threads.size() << " threads\n";
    pycore::write_json(*report, std::cout);
    return 0;
}
