#include "abrt/run_abrt.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "abrt/dump_directory.hpp"
#include "abrt/elements.hpp"
#include "batch/core_names.hpp"
#include "collector/collect_core.hpp"
#include "collector/settings.hpp"
#include "exit_status.hpp"
#include "fault_message.hpp"
#include "pycore/text.hpp"
#include "run.hpp"

namespace pycore {
namespace {

/// An element, and what writes it.
struct Element {
    const char* name;
    const Format* format;
    bool ours = true;  ///< false: what is there stays, whatever was asked for
};

std::vector<Element> elements_to_write(const DumpDirectory& directory,
                                       const CollectorSettings& settings,
                                       bool refresh)
{
    std::vector<Element> elements{{"python_backtrace", &abrt::python_backtrace},
                                  {"pycore_report", find_format("json")},
                                  {"pycore_signature", &abrt::signature}};
    if (settings.abrt_core_backtrace) {
        elements.push_back({"core_backtrace", find_format("core-backtrace"), false});
    }
    std::erase_if(elements, [&](const Element& element) {
        return element.format == nullptr ||
               ((!refresh || !element.ours) && directory.has(element.name));
    });
    return elements;
}

FoundCore describe(const DumpDirectory::Core& core, const std::string& folder)
{
    FoundCore found;
    found.path = folder + "/" + core.name;
    found.name = core.name;
    found.expected = true;
    found.packed = without_packing(core.name) != core.name;
    found.size = static_cast<std::uint64_t>(core.file.status.st_size);
    found.modified = modification_time(core.file.status);
    return found;
}

CollectedCore collect(const FoundCore& found,
                      int core,
                      CollectorSettings settings,
                      const std::vector<Element>& elements)
{
    settings.max_report_size = std::min<std::uint64_t>(settings.max_report_size, abrt::max_element);
    settings.privacy = PrivacyLevel::open;
    std::vector<const Format*> formats;
    for (const Element& element : elements) {
        formats.push_back(element.format);
    }
    BatchRequest request = make_collector_request(settings, std::move(formats));
    request.analysis.locals = Locals::none;
    return collect_core(found, core, request, make_entry(found, CrashOrigin{}, {}));
}

// What was not written, as words for a person; empty when all was.
std::string write_elements(const DumpDirectory& directory,
                           const std::vector<Element>& elements,
                           const std::vector<std::string>& contents)
{
    std::string failed;
    for (std::size_t i = 0; i < std::min(elements.size(), contents.size()); ++i) {
        if (contents[i].empty()) {
            continue;
        }
        const int error = contents[i].size() > abrt::max_element
                              ? EFBIG
                              : directory.write(elements[i].name, contents[i]);
        if (error != 0) {
            failed = std::string("cannot write ") + elements[i].name + ": " + std::strerror(error);
        }
    }
    return failed;
}

// ABRT reads this line too: it starts with none of the words of its protocol.
int say(const std::string& what)
{
    constexpr std::size_t most = 400;
    [[maybe_unused]] const int status =
        print_notice("pycore: " + to_printable(what.substr(0, most)) + "\n");
    return exit_status::written;
}

int add_elements(const AbrtRequest& request)
{
    const auto read = read_settings(request.settings_file);
    if (read.error && !read.missing) {
        print_error(to_printable(request.settings_file) + ": " + *read.error);
    }
    for (const std::string& warning : read.warnings) {
        print_error(warning);
    }
    auto opened = DumpDirectory::open(request.folder);
    if (const int* error = std::get_if<int>(&opened)) {
        print_error(to_printable(request.folder) +
                    " is no folder of a problem: " + std::strerror(*error));
        return exit_status::usage;
    }
    const auto& directory = std::get<DumpDirectory>(opened);
    const auto elements = elements_to_write(directory, read.settings, request.refresh);
    if (elements.empty()) {
        return exit_status::written;
    }
    const auto core = directory.open_core();
    if (!core.file.descriptor) {
        return say(core.file.error == ENOENT
                       ? std::string("the problem has no coredump")
                       : core.name + " is not read: " + std::strerror(core.file.error));
    }
    const FoundCore found = describe(core, request.folder);
    const auto collected = collect(found, core.file.descriptor.number(), read.settings, elements);
    const std::string failed = write_elements(directory, elements, collected.reports);
    if (!failed.empty()) {
        return say(failed);
    }
    if (collected.no_core) {
        return say(core.name + " is not a core");
    }
    if (collected.entry.error) {
        return say(core.name + ": " + *collected.entry.error);
    }
    return say(collected.entry.signature ? collected.entry.signature->text
                                         : collected.entry.summary);
}

}  // namespace

int run_abrt(const AbrtRequest& request)
{
    try {
        return add_elements(request);
    } catch (const std::exception& error) {
        return say(error.what());
    }
}

}  // namespace pycore
