#include "text/text_report.hpp"

namespace pycore {
namespace {

/// "numpy 1.24.2"
std::string words_for(const ImportedModule& module)
{
    if (module.version) {
        return module.name + ' ' + *module.version;
    }
    return module.distribution.value_or(module.name);
}

void write_list(StyledText& out, const std::vector<ImportedModule>& modules)
{
    std::size_t column = 0;
    for (const ImportedModule& module : modules) {
        // Parts of others, which no program imports by itself.
        if (module.name.starts_with('_')) {
            continue;
        }
        const std::string words = to_printable(words_for(module));
        const bool fits = column + 2 + words.size() + 1 < out.width();
        out.plain(column == 0 ? "  " : fits ? ", " : ",\n  ");
        out.plain(words);
        column = (fits ? column : 0) + 2 + words.size();
    }
    out.plain("\n");
}

}  // namespace

void write_python_modules(StyledText& out, const Snapshot& snapshot)
{
    for (const Interpreter& interpreter : snapshot.interpreters) {
        if (!interpreter.modules || interpreter.modules->list.empty()) {
            continue;
        }
        const std::string of = snapshot.interpreters.size() > 1
                                   ? " of interpreter " + std::to_string(interpreter.id)
                                   : std::string();
        out.plain("\n").styled(Style::heading, "Python modules" + of + ":").plain("\n");
        write_list(out, interpreter.modules->list);
        if (!interpreter.modules->complete) {
            out.plain("  ").styled(Style::warning, "[not all of them could be read]").plain("\n");
        }
    }
}

}  // namespace pycore
