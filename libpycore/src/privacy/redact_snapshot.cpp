#include "privacy/redact_snapshot.hpp"

#include <map>
#include <memory>
#include <utility>

#include "privacy/redact_waits.hpp"
#include "privacy/redacted_text.hpp"

namespace pycore {
namespace {

class SnapshotRedactor {
public:
    SnapshotRedactor(SecretFilter& filter, PrivacyLevel level) : filter_(filter), level_(level) {}

    void redact(ProcessDescription& process)
    {
        redact_arguments(process.command_line);
        if (process.environment) {
            redact(*process.environment);
        }
    }

    void redact(Crash& crash)
    {
        if (crash.abort_message) {
            filter_.redact(*crash.abort_message, "crash");
        }
        if (crash.fatal_error) {
            filter_.redact(crash.fatal_error->message, "crash");
        }
        if (crash.exception) {
            redact_message(crash.exception->message, "crash");
        }
    }

    void redact(Thread& thread)
    {
        if (thread.python_name) {
            filter_.redact(*thread.python_name, "threads");
        }
        redact_waits(thread, filter_);
        for (StackFrame& frame : thread.stack) {
            if (auto* const python = std::get_if<PythonFrame>(&frame)) {
                redact(python->source);
                redact(*python);
            }
        }
        if (thread.exception) {
            redact(*thread.exception);
        }
        for (Exception& exception : thread.handled) {
            redact(exception);
        }
    }

    void redact(Interpreter& interpreter)
    {
        if (interpreter.modules) {
            redact_arguments(interpreter.modules->argv);
            redact_arguments(interpreter.modules->original_argv);
        }
    }

private:
    static constexpr auto is_open = PrivacyLevel::open;

    /// "--api-key", whose value is the next argument.
    bool names_secret(const std::string& argument) const
    {
        return argument.starts_with('-') && argument.find('=') == std::string::npos &&
               filter_.is_secret_name(argument);
    }

    void redact_arguments(std::vector<std::string>& arguments)
    {
        bool is_value = false;
        for (std::string& argument : arguments) {
            const bool names_next = names_secret(argument);
            if (is_value && !argument.starts_with('-')) {
                filter_.learn('\'' + argument + '\'');
                argument = redacted_text;
                filter_.count("command-line", "secret-name");
            } else {
                filter_.redact(argument, "command-line");
            }
            is_value = names_next;
        }
    }

    void redact(std::vector<EnvironmentVariable>& environment)
    {
        for (EnvironmentVariable& variable : environment) {
            if (level_ == is_open) {
                variable.value = redacted_text;
                filter_.count("environment", "public");
            } else if (filter_.is_secret_name(variable.name) && !variable.value.empty()) {
                variable.value = redacted_text;
                filter_.count("environment", "secret-name");
            } else {
                filter_.redact(variable.value, "environment");
            }
        }
    }

    /// Text that the process put together from what it works on.
    void redact_message(std::string& message, std::string_view where)
    {
        if (level_ != is_open) {
            filter_.redact(message, where);
        } else if (!message.empty()) {
            message = redacted_text;
            filter_.count(where, "public");
        }
    }

    bool redact(Value& value)
    {
        const bool changed = filter_.redact(value.text, "variables");
        value.redacted = value.redacted || changed;
        return changed;
    }

    /// Most frames hold no secret and keep what they share.
    void redact(PythonFrame& frame)
    {
        if (!frame.variables) {
            return;
        }
        FrameVariables copy = *frame.variables;
        bool changed = false;
        for (auto* const variables : {&copy.locals, &copy.globals}) {
            for (Variable& variable : *variables) {
                changed = redact(variable.value) || changed;
                for (Attribute& attribute : variable.attributes) {
                    changed = redact(attribute.value) || changed;
                }
            }
        }
        if (changed) {
            frame.variables = std::make_shared<const FrameVariables>(std::move(copy));
        }
    }

    /// Frames of one line share it before and after.
    void redact(std::shared_ptr<const SourceLine>& line)
    {
        if (!line) {
            return;
        }
        auto [known, is_new] = lines_.try_emplace(line, line);
        if (is_new) {
            SourceLine copy = *line;
            if (level_ == is_open && line->from_process) {
                known->second = nullptr;
                filter_.count("source", "public");
            } else if (filter_.redact_code(copy.text, "source")) {
                known->second = std::make_shared<const SourceLine>(std::move(copy));
            }
        }
        line = known->second;
    }

    void redact(std::shared_ptr<const SyntaxErrorPlace>& place)
    {
        if (!place) {
            return;
        }
        SyntaxErrorPlace copy = *place;
        if (copy.message) {
            redact_message(*copy.message, "exceptions");
        }
        if (copy.text) {
            redact_message(*copy.text, "exceptions");
        }
        place = std::make_shared<const SyntaxErrorPlace>(std::move(copy));
    }

    void redact(std::shared_ptr<const Exception>& exception)
    {
        if (exception) {
            Exception copy = *exception;
            redact(copy);
            exception = std::make_shared<const Exception>(std::move(copy));
        }
    }

    /// How deep exceptions lie within each other was limited when they were read.
    void redact(Exception& exception)  // NOLINT(misc-no-recursion)
    {
        redact_message(exception.message, "exceptions");
        if (level_ == is_open && !exception.notes.empty()) {
            filter_.count("exceptions", "public", exception.notes.size());
            exception.notes.clear();
        }
        for (std::string& note : exception.notes) {
            filter_.redact(note, "exceptions");
        }
        for (TracebackEntry& entry : exception.traceback) {
            redact(entry.source);
        }
        redact(exception.syntax);
        redact(exception.cause);
        redact(exception.context);
        for (Exception& member : exception.exceptions) {
            redact(member);
        }
    }

    SecretFilter& filter_;
    PrivacyLevel level_;
    std::map<std::shared_ptr<const SourceLine>, std::shared_ptr<const SourceLine>> lines_;
};

}  // namespace

std::string_view name_of(PrivacyLevel level) noexcept
{
    return level == PrivacyLevel::open ? "public" : "local";
}

void redact_snapshot(Snapshot& snapshot, SecretFilter& filter, PrivacyLevel level)
{
    SnapshotRedactor redactor(filter, level);
    // What is known of the arguments and the environment is looked for in all that follows.
    redactor.redact(snapshot.process);
    if (snapshot.crash) {
        redactor.redact(*snapshot.crash);
    }
    for (Interpreter& interpreter : snapshot.interpreters) {
        redactor.redact(interpreter);
    }
    for (Thread& thread : snapshot.threads) {
        redactor.redact(thread);
    }
    for (Resource& resource : snapshot.resources) {
        redact_resource(resource, filter);
    }
    for (Gap& gap : snapshot.gaps) {
        filter.redact(gap.message, "warnings");
    }
    snapshot.privacy = {.level = level, .redactions = filter.redactions()};
}

}  // namespace pycore
