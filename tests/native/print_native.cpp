// print_native CORE [--sysroot DIR] [--no-files] [--lines]
//
// The native frames of every thread as compare.py reads them: one line a frame, and with --lines
// an indented one for each function at it.

#include <cstdio>
#include <iostream>
#include <string>

#include "memory/attach_files.hpp"
#include "unwind/native_lines.hpp"
#include "unwind/native_symbols.hpp"
#include "unwind/unwinder.hpp"

namespace {

std::string names_of(const pycore::NativeStack& stack,
                     std::size_t index,
                     pycore::NativeSymbols& symbols)
{
    const pycore::NativeFrame& frame = stack.frames[index];
    const bool outermost = index + 1 == stack.frames.size();
    const auto symbol = symbols.find(frame, outermost ? nullptr : &stack.frames[index + 1]);
    std::string text = symbol ? symbol->symbol : "?";
    const auto aliases = frame.module ? symbols.aliases(frame.lookup_address(), *frame.module)
                                      : std::vector<std::string>{};
    for (const std::string& name : aliases) {
        text += name == text ? "" : ',' + name;
    }
    return text;
}

/// Where the code itself could not be had, gdb and we do not guess alike.
const char* file_mark(const pycore::NativeFrame& frame, std::span<const pycore::Module> modules)
{
    const bool has_code =
        !frame.module || modules[*frame.module].elf || modules[*frame.module].path == "[vdso]";
    return has_code ? "" : " no-file";
}

void print(const pycore::NativeStack& stack,
           const pycore::ThreadRegisters& thread,
           std::span<const pycore::Module> modules,
           pycore::NativeSymbols& symbols,
           pycore::NativeLines* lines)
{
    std::printf("thread %d %s\n", thread.tid, std::string(name_of(stack.stop)).c_str());
    for (std::size_t index = 0; index < stack.frames.size(); ++index) {
        const pycore::NativeFrame& frame = stack.frames[index];
        std::printf("%#llx %#llx %s %s%s%s\n", static_cast<unsigned long long>(frame.pc.value),
                    static_cast<unsigned long long>(frame.sp.value),
                    names_of(stack, index, symbols).c_str(),
                    std::string(name_of(frame.trust)).c_str(), frame.signal_frame ? " signal" : "",
                    file_mark(frame, modules));
        for (const pycore::SourceFrame& source :
             lines ? lines->find(frame) : std::vector<pycore::SourceFrame>{}) {
            std::printf("  %s %s:%u%s\n", source.symbol.c_str(), source.file.c_str(), source.line,
                        source.inlined ? " inlined" : "");
        }
    }
}

}  // namespace

int main(int count, char** arguments)
{
    pycore::FileSearch search;
    std::string path;
    bool with_lines = false;
    for (int index = 1; index < count; ++index) {
        const std::string argument = arguments[index];
        if (argument == "--sysroot" && index + 1 < count) {
            search.sysroot = arguments[++index];
        } else if (argument == "--lines") {
            with_lines = true;
        } else if (argument == "--no-files") {
            search.recorded_paths = false;
        } else {
            path = argument;
        }
    }
    const auto core = pycore::CoreFile::open(path);
    if (!core) {
        std::cerr << path << ": " << describe(core.fault()) << '\n';
        return 3;
    }
    pycore::AddressSpace memory(*core);
    std::vector<pycore::Gap> gaps;
    auto modules = pycore::read_modules(*core, memory, {}, gaps);
    pycore::Deadline deadline(pycore::Limits{}.max_time);
    attach_files(modules, memory, search, deadline, gaps);
    for (const pycore::Module& module : modules) {
        if (module.executable) {
            std::printf("executable %s\n", module.found.value_or("?").c_str());
        }
    }
    pycore::Unwinder unwinder(core->machine(), memory, modules);
    pycore::NativeSymbols symbols(memory, modules, search);
    pycore::NativeLines lines(modules, symbols);
    for (const pycore::ThreadRegisters& thread : core->threads()) {
        print(unwinder.unwind(thread, {}, deadline), thread, modules, symbols,
              with_lines ? &lines : nullptr);
    }
    return 0;
}
