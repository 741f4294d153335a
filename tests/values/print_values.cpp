// print_values CORE [--no-files] [--sysroot DIR] < ADDRESSES
//
// One address in hex a line; the answer is a line of JSON each, as compare.py reads it.

#include <nlohmann/json.hpp>

#include <charconv>
#include <iostream>
#include <string>

#include "memory/attach_files.hpp"
#include "memory/module.hpp"
#include "python/find_runtime.hpp"
#include "threads/gap_list.hpp"
#include "threads/python_process.hpp"
#include "values/value_printer.hpp"

namespace {

pycore::Address parse(const std::string& line)
{
    pycore::Address at;
    const std::size_t first = line.starts_with("0x") ? 2 : 0;
    std::from_chars(line.data() + first, line.data() + line.size(), at.value, 16);
    return at;
}

void answer(pycore::ValuePrinter& printer)
{
    for (std::string line; std::getline(std::cin, line);) {
        const auto [value, attributes] = printer.print_with_attributes(parse(line));
        nlohmann::json json{
            {"type", value.type}, {"text", value.text}, {"truncated", value.truncated}};
        for (const pycore::Attribute& attribute : attributes) {
            json["attributes"][attribute.name] = attribute.value.text;
        }
        std::cout << json.dump() << '\n';
    }
}

int run(const std::string& path, const pycore::FileSearch& search)
{
    const auto core = pycore::CoreFile::open(path);
    if (!core) {
        std::cerr << path << ": " << describe(core.fault()) << '\n';
        return 3;
    }
    const pycore::Limits limits;
    pycore::AddressSpace memory(*core);
    std::vector<pycore::Gap> problems;
    auto modules = pycore::read_modules(*core, memory, {}, problems);
    pycore::Budget budget(limits);
    attach_files(modules, memory, search, budget.deadline, problems);
    pycore::GapList gaps(limits);
    const auto process = pycore::read_python_process(memory, modules, limits, budget, gaps);
    if (process.layouts.empty() || process.interpreters.empty()) {
        std::cerr << path << ": no CPython\n";
        return 4;
    }
    pycore::ValuePrinter printer(memory, *process.layouts.back(),
                                 process.interpreters.back().address, limits, budget);
    answer(printer);
    return 0;
}

}  // namespace

int main(int count, char** arguments)
{
    pycore::FileSearch search;
    std::string path;
    for (int index = 1; index < count; ++index) {
        const std::string argument = arguments[index];
        if (argument == "--sysroot" && index + 1 < count) {
            search.sysroot = arguments[++index];
        } else if (argument == "--no-files") {
            search.recorded_paths = false;
        } else {
            path = argument;
        }
    }
    return run(path, search);
}
