#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "pycore/signal.hpp"
#include "sentry/event.hpp"
#include "view/exception_order.hpp"
#include "view/words.hpp"

namespace pycore::sentry {
namespace {

constexpr std::size_t most_exceptions = 20;

// "app.errors.Late" is `Late` of the module `app.errors`.
void add_type(const Draft& draft, Json& into, std::string_view type)
{
    const auto dot = type.rfind('.');
    into["type"] = type.empty()
                       ? "<unknown>"
                       : draft.text(dot == std::string_view::npos ? type : type.substr(dot + 1));
    if (dot != std::string_view::npos) {
        into["module"] = draft.text(type.substr(0, dot));
    }
}

Json signal_meta(const SignalInfo& signal)
{
    Json made;
    made["number"] = signal.number;
    made["code"] = signal.code;
    made["name"] = signal_name(signal.number);
    const auto code = signal_code_name(signal.number, signal.code);
    if (!code.empty()) {
        made["code_name"] = code;
    }
    return made;
}

Json crash_data(const Draft& draft, const Crash& crash)
{
    Json made = Json::object();
    if (draft.report.diagnosis) {
        made["kind"] = name_of(draft.report.diagnosis->kind);
    }
    if (crash.signal.fault_address) {
        made["fault_address"] = hex(crash.signal.fault_address->value);
    }
    if (crash.abort_message) {
        made["abort_message"] = draft.text(*crash.abort_message);
    }
    if (crash.fatal_error) {
        made["fatal_python_error"] =
            draft.text(crash.fatal_error->function + ": " + crash.fatal_error->message);
    }
    return made;
}

Json crash_exception(const Draft& draft, const Crash& crash)
{
    const SignalInfo& signal = crash.signal;
    const auto meaning = signal_code_meaning(signal.number, signal.code);
    Json made;
    made["type"] = signal_name(signal.number);
    made["value"] =
        draft.report.diagnosis ? draft.text(draft.report.diagnosis->summary) : std::string(meaning);
    Json mechanism;
    mechanism["type"] = "signalhandler";
    if (!meaning.empty()) {
        mechanism["description"] = meaning;
    }
    mechanism["handled"] = false;
    mechanism["synthetic"] = true;
    mechanism["exception_id"] = 0;
    mechanism["meta"] = Json{{"signal", signal_meta(signal)}};
    mechanism["data"] = crash_data(draft, crash);
    made["mechanism"] = std::move(mechanism);
    return made;
}

Json deadlock_exception(const Draft& draft, const Deadlock& deadlock)
{
    Json made;
    made["type"] = "Deadlock";
    made["value"] = draft.text(deadlock.summary);
    made["mechanism"] =
        Json{{"type", "generic"}, {"handled", false}, {"synthetic", true}, {"exception_id", 0}};
    return made;
}

// The exceptions of one thread, each before what it led to.
class Chain {
public:
    Chain(Draft& draft, std::string thread_id) : draft_(draft), thread_id_(std::move(thread_id)) {}

    void add(const Exception& exception, std::size_t parent, std::string_view source, bool handled)
    {
        if (exception.repeated || made_.size() >= most_exceptions || draft_.full()) {
            return;
        }
        const std::size_t id = made_.size() + 1;
        made_.push_back(describe(exception, handled));
        Json& mechanism = made_.back()["mechanism"];
        mechanism["source"] = source;
        mechanism["exception_id"] = id;
        mechanism["parent_id"] = parent;
        if (exception.cause) {
            add(*exception.cause, id, "__cause__", true);
        } else if (exception.context && !exception.suppress_context) {
            add(*exception.context, id, "__context__", true);
        }
        for (std::size_t i = 0; i < exception.exceptions.size(); ++i) {
            add(exception.exceptions[i], id, "exceptions[" + std::to_string(i) + "]", handled);
        }
    }

    std::vector<Json> made_;

private:
    Json describe(const Exception& exception, bool handled)
    {
        Json made;
        add_type(draft_, made, exception.type);
        made["value"] = draft_.text(exception.message);
        made["thread_id"] = thread_id_;
        Json mechanism{{"type", "chained"}, {"handled", handled}};
        if (exception.is_group) {
            mechanism["is_exception_group"] = true;
        }
        made["mechanism"] = std::move(mechanism);
        if (Json stack = stacktrace(draft_, exception); !stack.is_null()) {
            made["stacktrace"] = std::move(stack);
        }
        return made;
    }

    Draft& draft_;
    std::string thread_id_;
};

std::vector<Json> python_exceptions(Draft& draft, std::size_t thread)
{
    Chain chain(draft, draft.thread_ids[thread]);
    const Thread& of = draft.snapshot().threads[thread];
    for (const ShownException& shown : shown_exceptions(of)) {
        const bool raised = of.exception_raised && shown.exception == &*of.exception;
        chain.add(*shown.exception, 0, raised ? "raised" : "being handled", !raised);
    }
    return std::move(chain.made_);
}

}  // namespace

Json exceptions(Draft& draft)
{
    const Report& report = draft.report;
    const auto thread = main_thread(report);
    if (!report.snapshot.crash && report.deadlocks.empty()) {
        return Json::array();
    }
    Json last = report.snapshot.crash ? crash_exception(draft, *report.snapshot.crash)
                                      : deadlock_exception(draft, report.deadlocks.front());
    Json values = Json::array();
    if (thread) {
        last["thread_id"] = draft.thread_ids[*thread];
        const bool variables = draft.extent.threads_with_variables != 0;
        if (Json stack = stacktrace(draft, report.snapshot.threads[*thread], variables);
            !stack.is_null()) {
            last["stacktrace"] = std::move(stack);
        }
        std::vector<Json> chain = python_exceptions(draft, *thread);
        std::ranges::reverse(chain);
        for (Json& one : chain) {
            values.push_back(std::move(one));
        }
    }
    values.push_back(std::move(last));
    return values;
}

}  // namespace pycore::sentry
