#include "threads/python_modules.hpp"

#include "objects/object.hpp"
#include "support/catch.hpp"
#include "support/print.hpp"
#include "support/python_heap.hpp"
#include "support/temporary_folder.hpp"

namespace pycore::test {
namespace {

using Texts = std::vector<std::string>;

struct ModulesProcess {
    explicit ModulesProcess(const Layout& table) : layout(table), heap(table)
    {
        interpreter = heap.interpreter(heap.runtime(), 0);
    }

    Address list(const Texts& texts)
    {
        std::vector<Address> items;
        for (const std::string& text : texts) {
            items.push_back(heap.text(text));
        }
        const Address data = heap.allocate(8 * items.size() + 8);
        heap.memory().write_bytes(data, std::as_bytes(std::span(items)));
        const Address at = heap.object(type_flag::list, 64);
        heap.set(at, layout.list.size, static_cast<std::int64_t>(items.size()));
        heap.set(at, layout.list.items, data);
        return at;
    }

    void add(std::string_view name, const std::vector<DictEntry>& names)
    {
        modules.push_back({heap.text(name), heap.module(heap.dict(names))});
    }

    InterpreterModules read(InstalledDistributions* installed = nullptr, const Limits& limits = {})
    {
        heap.set(interpreter, layout.interpreter.modules, heap.dict(modules));
        Deadline deadline(std::chrono::minutes(1));
        return PythonModules(heap.memory(), limits, deadline, installed).read(layout, interpreter);
    }

    const Layout& layout;
    PythonHeap heap;
    Address interpreter;
    std::vector<DictEntry> modules;
};

const ImportedModule& named(const InterpreterModules& modules, std::string_view name)
{
    const auto found = std::ranges::find(modules.list, name, &ImportedModule::name);
    REQUIRE(found != modules.list.end());
    return *found;
}

TEST_CASE("packages are told by name, with what they say of themselves", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    ModulesProcess process(layout);
    PythonHeap& heap = process.heap;
    process.add("zlib", {});
    process.add("numpy", {{heap.text("__version__"), heap.text("1.24.2")},
                          {heap.text("__file__"), heap.text("/site/numpy/__init__.py")}});
    process.add("numpy.core", {{heap.text("__version__"), heap.text("9")}});
    process.add("odd", {{heap.text("__version__"), heap.integer(3)}});
    process.modules.push_back({heap.text("none"), heap.integer(0)});
    process.modules.push_back({heap.text("wild"), Address{0xdead'0000}});
    process.modules.push_back({heap.integer(7), Address{0xdead'0000}});

    const InterpreterModules modules = process.read();

    CHECK(modules.complete);
    Texts names;
    for (const ImportedModule& module : modules.list) {
        names.push_back(module.name);
    }
    CHECK(names == Texts{"none", "numpy", "odd", "wild", "zlib"});
    CHECK(named(modules, "numpy").version == "1.24.2");
    CHECK(named(modules, "numpy").file == "/site/numpy/__init__.py");
    CHECK_FALSE(named(modules, "numpy").distribution);
    CHECK_FALSE(named(modules, "odd").version);
    CHECK(count_python_modules(heap.memory(), layout, process.interpreter).has_value());
}

TEST_CASE("sys says how the program was started", "[threads]")
{
    const Layout& layout = *GENERATE(from_range(every_layout()));
    INFO(name_of(layout));
    ModulesProcess process(layout);
    PythonHeap& heap = process.heap;
    process.add("sys", {{heap.text("argv"), process.list({"app.py", "--fast"})},
                        {heap.text("orig_argv"), process.list({"python3", "app.py", "--fast"})},
                        {heap.text("path"), process.list({"/srv", ""})},
                        {heap.text("executable"), heap.text("/usr/bin/python3")}});
    const InterpreterModules modules = process.read();
    CHECK(modules.argv == Texts{"app.py", "--fast"});
    CHECK(modules.original_argv == Texts{"python3", "app.py", "--fast"});
    CHECK(modules.path == Texts{"/srv", ""});
    CHECK(modules.executable == "/usr/bin/python3");
}

TEST_CASE("lists that lie cost no more than what is there", "[threads]")
{
    const Layout& layout = *every_layout().front();
    ModulesProcess process(layout);
    PythonHeap& heap = process.heap;
    const Address endless = process.list({"first"});
    heap.set(endless, layout.list.size, INT64_MAX);
    const Address negative = process.list({"first"});
    heap.set(negative, layout.list.size, std::int64_t{-1});
    process.add("sys", {{heap.text("argv"), endless},
                        {heap.text("path"), negative},
                        {heap.text("orig_argv"), heap.text("no list")}});
    const InterpreterModules modules = process.read();
    CHECK(modules.argv == Texts{"first"});
    CHECK(modules.path.empty());
    CHECK(modules.original_argv.empty());
    CHECK_FALSE(modules.complete);
}

TEST_CASE("modules beyond a limit are missing, and that is told", "[threads]")
{
    const Layout& layout = *every_layout().front();
    ModulesProcess process(layout);
    for (char name = 'a'; name <= 'z'; ++name) {
        process.add(std::string(1, name), {});
    }
    Limits limits;
    limits.max_dict_entries = 10;
    const InterpreterModules modules = process.read(nullptr, limits);
    CHECK(modules.list.size() <= 10);
    CHECK_FALSE(modules.complete);
}

TEST_CASE("a package comes with the distribution of its name that lies beside it", "[threads]")
{
    const TemporaryFolder folder;
    folder.write("venv/site-packages/requests-2.28.1.dist-info/RECORD", std::string_view("x"));
    const Layout& layout = *every_layout().front();
    ModulesProcess process(layout);
    PythonHeap& heap = process.heap;
    process.add("requests",
                {{heap.text("__file__"), heap.text("/venv/site-packages/requests/__init__.py")}});
    process.add("yaml",
                {{heap.text("__file__"), heap.text("/venv/site-packages/yaml/__init__.py")}});
    process.add("egg", {{heap.text("__file__"),
                         heap.text("/venv/site-packages/egg-1.0-py3.11.egg/egg/__init__.py")}});
    InstalledDistributions installed(folder.path());
    const InterpreterModules modules = process.read(&installed);
    CHECK(named(modules, "requests").distribution == "requests 2.28.1");
    CHECK_FALSE(named(modules, "yaml").distribution);
    CHECK(named(modules, "egg").distribution == "egg 1.0");
    CHECK_FALSE(named(process.read(), "requests").distribution);
}

}  // namespace
}  // namespace pycore::test
