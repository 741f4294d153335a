#include "file_options.hpp"

#include "option_value.hpp"

namespace pycore {
namespace {

void add_folders(CLI::App& app, FileSearch& files)
{
    add_value(app, "--sysroot", " DIR", "look for the process's files in DIR",
              [&files](const std::string& value) { files.sysroot = value; })
        ->group("Files");
    add_value(app, "--module-path", " DIR", "look for ELF files in DIR, by file name (repeatable)",
              [&files](const std::string& value) { files.module_paths.emplace_back(value); })
        ->trigger_on_parse()
        ->group("Files");
    add_value(app, "--debug-dir", " DIR",
              "look for debug files in DIR as in /usr/lib/debug (repeatable)",
              [&files](const std::string& value) { files.debug_paths.emplace_back(value); })
        ->trigger_on_parse()
        ->group("Files");
    add_value(app, "--source-path", " DIR", "look for Python's source files in DIR (repeatable)",
              [&files](const std::string& value) { files.source_paths.emplace_back(value); })
        ->trigger_on_parse()
        ->group("Files");
}

}  // namespace

void add_file_options(CLI::App& app, FileSearch& files)
{
    add_value(app, "--exe", " FILE", "the executable of the process",
              [&files](const std::string& value) { files.executable = value; })
        ->group("Files");
    add_folders(app, files);
    app.add_flag_callback(
           "--no-recorded-paths", [&files] { files.recorded_paths = false; },
           "open no file only because the core names it")
        ->group("Files");
    app.add_flag_callback(
           "--no-source", [&files] { files.sources = false; }, "open no Python source file")
        ->group("Files");
    app.add_flag_callback(
           "--debuginfod", [&files] { files.debuginfod = true; },
           "ask the servers in DEBUGINFOD_URLS for debug files missing here")
        ->group("Files");
}

}  // namespace pycore
