// The C interface with handles that free themselves and errors that are exceptions.
#pragma once

#include <pycore/pycore.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace example {

struct Free {
    void operator()(pycore_core* core) const { pycore_core_free(core); }
    void operator()(pycore_report* report) const { pycore_report_free(report); }
    void operator()(char* text) const { pycore_free(text); }
};

using Core = std::unique_ptr<pycore_core, Free>;
using Report = std::unique_ptr<pycore_report, Free>;
using Text = std::unique_ptr<char, Free>;

inline void check(int code, const pycore_error& error)
{
    if (code != PYCORE_OK) {
        throw std::runtime_error(std::string(pycore_error_name(code)) + ": " + error.message);
    }
}

inline Report analyze(const char* path, const pycore_options& options)
{
    pycore_error error;
    pycore_core* core = nullptr;
    check(pycore_open(path, &options, &core, &error), error);
    const Core owned(core);
    pycore_report* report = nullptr;
    check(pycore_analyze(core, &options, &report, &error), error);
    return Report(report);
}

inline Text json_of(const Report& report)
{
    pycore_error error;
    char* text = nullptr;
    check(pycore_report_json(report.get(), &text, nullptr, &error), error);
    return Text(text);
}

}  // namespace example
