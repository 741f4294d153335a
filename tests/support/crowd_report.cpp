#include "support/crowd_report.hpp"

#include "support/wait_builder.hpp"

namespace pycore::test {

Report crowd_report(std::size_t threads, std::size_t frames, const std::string& text)
{
    SnapshotBuilder builder;
    for (std::size_t i = 0; i < threads; ++i) {
        const std::string name = "worker-" + std::to_string(i);
        std::vector<PythonFrame> stack;
        for (std::size_t j = 0; j < frames; ++j) {
            const std::string function = "step_" + std::to_string(i) + "_" + std::to_string(j);
            PythonFrame made = frame(code("/srv/app/" + name + ".py", function), 7);
            made.source = std::make_shared<const SourceLine>(SourceLine{.text = "    " + text});
            stack.push_back(with_local(std::move(made), "value", text));
        }
        builder.thread(static_cast<std::int32_t>(1'000 + i), name, stack);
        if (i == 0) {
            builder.segfault_at_null();
        }
    }
    return builder.report();
}

Report circle_report(std::size_t threads, std::size_t behind)
{
    WaitBuilder process;
    for (std::size_t i = 0; i < threads; ++i) {
        const std::size_t lock =
            process.resource(ResourceKind::lock, "lock-" + std::to_string(i) + "x");
        const std::size_t thread = process.thread("worker-" + std::to_string(i) + "x");
        process.owner(lock, thread, OwnerEvidence::with_block, "work (app.py:3)").evidence =
            "inside `with` in work (app.py:3)";
    }
    for (std::size_t i = 0; i < threads; ++i) {
        process.waits(i, (i + 1) % threads, "work (app.py:4)");
    }
    for (std::size_t i = 0; i < behind; ++i) {
        process.waits(process.thread("late-" + std::to_string(i)), i % threads, "work (app.py:4)");
    }
    return process.snapshot().report();
}

}  // namespace pycore::test
