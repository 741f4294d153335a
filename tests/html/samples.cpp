// Usage: pycore_html_samples FOLDER
// Writes pages of processes that never were: hostile ones, crowds, circles.

#include <fstream>
#include <iostream>
#include <stdexcept>

#include "format.hpp"
#include "support/crowd_report.hpp"
#include "support/hostile_report.hpp"

namespace {

void write_page(const std::string& path, const pycore::Report& report)
{
    std::ofstream out(path + ".html", std::ios::binary);
    pycore::find_format("html")->write(report, out, {});
    if (!out.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

}  // namespace

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "usage: pycore_html_samples FOLDER\n";
        return 2;
    }
    const std::string folder = std::string(arguments[1]) + "/";
    int number = 0;
    for (const std::string& hostile : pycore::test::hostile_texts()) {
        write_page(folder + "hostile-" + std::to_string(++number),
                   pycore::test::hostile_report(hostile));
    }
    write_page(folder + "hostile-long",
               pycore::test::hostile_report(std::string(4'000, '<') + "script>"));
    write_page(folder + "crowd", pycore::test::crowd_report(500, 100, "total = price * count"));
    for (const std::size_t threads : {1U, 2U, 3U, 10U, 60U}) {
        write_page(folder + "circle-" + std::to_string(threads),
                   pycore::test::circle_report(threads, 20));
    }
    return 0;
}
