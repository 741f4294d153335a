#include <algorithm>

#include "analysis/check_facts.hpp"
#include "base/file_name.hpp"

namespace pycore::checks {
namespace {

/// "<corrupt: freed object at 0x7f10>", of a text that holds it.
std::string corrupt_part(const std::string& text)
{
    const std::size_t begin = text.find("<corrupt: ");
    if (begin == std::string::npos) {
        return {};
    }
    return text.substr(begin, text.find('>', begin) - begin + 1);
}

/// "buffer in Job.work (app.py:12): <corrupt: ...>"
std::string describe(const PythonFrame& frame, const std::string& name, const Value& value)
{
    const PythonCode& code = *frame.code;
    const std::string& function = code.qualified_name.empty() ? code.name : code.qualified_name;
    std::string line = frame.position.line ? ":" + std::to_string(*frame.position.line) : "";
    return name + " in " + function + " (" + std::string(file_name(code.file)) + line +
           "): " + corrupt_part(value.text);
}

void visit(const PythonFrame& frame, std::vector<std::string>& found)
{
    if (!frame.variables) {
        return;
    }
    for (const Variable& variable : frame.variables->locals) {
        if (variable.value.corrupt) {
            found.push_back(describe(frame, variable.name, variable.value));
        }
        for (const Attribute& attribute : variable.attributes) {
            if (attribute.value.corrupt) {
                found.push_back(
                    describe(frame, variable.name + '.' + attribute.name, attribute.value));
            }
        }
    }
}

void run(const Findings& findings, std::vector<Hint>& hints)
{
    Hint hint;
    std::size_t count = 0;
    for (const Thread& thread : findings.snapshot.threads) {
        std::vector<std::string> found;
        for (const StackFrame& frame : thread.stack) {
            if (const auto* const python = std::get_if<PythonFrame>(&frame)) {
                visit(*python, found);
            }
        }
        if (found.empty()) {
            continue;
        }
        count += found.size();
        if (thread.tid) {
            hint.threads.push_back(*thread.tid);
        }
        const std::size_t room = most_evidence - std::min(most_evidence, hint.evidence.size());
        found.resize(std::min(found.size(), room));
        std::ranges::move(found, std::back_inserter(hint.evidence));
    }
    if (count == 0) {
        return;
    }
    hint.id = "corrupt-objects";
    hint.severity = Severity::error;
    hint.confidence = Confidence::medium;
    hint.title = count == 1
                     ? "A variable refers to what is no living object"
                     : std::to_string(count) + " variables refer to what is no living object";
    hint.detail =
        "C code freed an object that was still in use, wrote over it, or lost count of its "
        "references. Run the program again with PYTHONMALLOC=debug and -X dev, which stop nearer "
        "to the cause, and look at the extension modules that handle these objects.";
    hints.push_back(std::move(hint));
}

}  // namespace

extern const Check corrupt_objects;
const Check corrupt_objects{.run = run};

}  // namespace pycore::checks
