#include "signature/make_signature.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analysis/crash_site.hpp"
#include "analysis/module_roles.hpp"
#include "analysis/shorten.hpp"
#include "base/sha256.hpp"
#include "pycore/text.hpp"
#include "signature/crash_class.hpp"
#include "signature/deadlock_tokens.hpp"
#include "signature/native_tokens.hpp"
#include "signature/python_tokens.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_tokens = 16;
constexpr std::size_t most_python_in_text = 3;
constexpr std::size_t longest_text = 255;
constexpr std::size_t longest_message = 120;

/// What a signature is made of, before it is written down.
class SignatureMaker {
public:
    SignatureMaker(const Snapshot& snapshot, CrashClass kind)
        : snapshot_(snapshot), roles_(snapshot), kind_(std::move(kind))
    {
    }

    void add_deadlock(const std::vector<Deadlock>& deadlocks)
    {
        std::vector<SignatureComponent> best;
        for (const Deadlock& deadlock : deadlocks) {
            if (deadlock.certain == deadlocks.front().certain) {
                auto tokens = deadlock_tokens(snapshot_, roles_, deadlock);
                if (best.empty() ||
                    std::ranges::lexicographical_compare(
                        tokens, best, {}, &SignatureComponent::text, &SignatureComponent::text)) {
                    best = std::move(tokens);
                }
            }
        }
        components_ = std::move(best);
        if (deadlocks.size() > 1) {
            lower(Confidence::medium, "one of " + std::to_string(deadlocks.size()) +
                                          " deadlocks: the others are no part of it");
        }
        if (!deadlocks.front().certain) {
            lower(Confidence::medium, "the deadlock is a possible one");
        }
    }

    void add_stack(const std::optional<Diagnosis>& diagnosis)
    {
        const auto site = find_crash_site(snapshot_, roles_);
        const Thread* const thread = site ? site->thread : first_thread(snapshot_.threads);
        if (thread == nullptr || (snapshot_.crash && !site)) {
            lower(Confidence::low, "it is not known which thread it was");
        }
        if (thread == nullptr) {
            return;
        }
        const std::size_t begin = site ? site->begin : 0;
        FrameSpan frames{.thread = *thread,
                         .begin = begin,
                         .end = site ? site->end : first_python_frame(*thread)};
        NativeTokens native;
        std::vector<std::string> python;
        if (diagnosis && diagnosis->kind == CrashKind::stack_overflow) {
            native = tokens_of_overflow(frames);
            python = repeated_python_tokens(*thread, begin, most_tokens);
        } else if (kind_.hang) {
            native = tokens_of_call(snapshot_, roles_, frames);
        } else {
            // Which of malloc's functions found the damage is chance.
            frames.foreign_only = kind_.name.ends_with("/malloc");
            native = tokens_of_crash(snapshot_, roles_, frames);
        }
        if (python.empty()) {
            python = python_tokens(*thread, begin, most_tokens);
        }
        python.resize(std::min(python.size(), most_tokens - native.names.size()));
        add(native, python);
    }

    Signature finish() &&
    {
        judge();
        SignatureComponents all;
        all.push_back({.part = SignaturePart::kind, .text = kind_.name});
        if (!kind_.message.empty()) {
            all.push_back({.part = SignaturePart::message,
                           .text = shorten(to_printable(kind_.message), longest_message)});
        }
        std::ranges::move(components_, std::back_inserter(all));
        Signature made{.id = id_of(all), .coarse_id = coarse_id_of(all), .text = text_of(all)};
        made.components = std::move(all);
        made.notes = std::move(notes_);
        made.confidence = confidence_;
        return made;
    }

private:
    using SignatureComponents = std::vector<SignatureComponent>;

    static std::size_t first_python_frame(const Thread& thread)
    {
        const auto found = std::ranges::find_if(thread.stack, [](const StackFrame& frame) {
            return std::holds_alternative<PythonFrame>(frame);
        });
        return static_cast<std::size_t>(found - thread.stack.begin());
    }

    NativeTokens tokens_of_overflow(FrameSpan frames) const
    {
        NativeTokens died = tokens_of_crash(snapshot_, roles_, frames);
        frames.end = frames.thread.stack.size();
        NativeTokens native = tokens_of_recursion(snapshot_, roles_, frames);
        if (native.names.empty()) {
            return died;
        }
        // Where the stack ended is known without any ELF file.
        native.module = std::move(died.module);
        return native;
    }

    void add(const NativeTokens& native, const std::vector<std::string>& python)
    {
        for (const std::string& name : native.names) {
            components_.push_back({.part = SignaturePart::native, .text = name});
        }
        for (const std::string& name : python) {
            components_.push_back({.part = SignaturePart::python, .text = name});
        }
        module_ = to_printable(native.module);
        if (native.offsets) {
            lower(Confidence::medium,
                  "a library without symbols counts by its build and an offset: another build of "
                  "it has another signature");
        }
        if (native.interpreter) {
            lower(Confidence::medium,
                  "it ended inside CPython: which of its functions have a name is up to its build");
        }
        if (native.guessed) {
            lower(Confidence::low, "the native part is of frames that had to be guessed");
        }
        if (native.files_missing) {
            lower(Confidence::low,
                  "files of the process are not at hand: with them, names take part that are "
                  "not known now");
        }
    }

    void judge()
    {
        if (snapshot_.core.truncated) {
            lower(Confidence::low, "the core is truncated");
        }
        if (components_.empty()) {
            lower(Confidence::low, "no function is known: it groups by how the process ended");
        }
        if (kind_.hang && kind_.name == "HANG") {
            lower(Confidence::medium,
                  "the process did not die by itself: this is what its main "
                  "thread did at one moment");
        }
        if (kind_.name.ends_with("/malloc")) {
            lower(Confidence::medium,
                  "damage to the heap is found by chance, maybe far from who did it");
        }
    }

    void lower(Confidence to, std::string note)
    {
        confidence_ = std::min(confidence_, to);
        notes_.push_back(std::move(note));
    }

    static std::string id_of(const SignatureComponents& components)
    {
        std::string list = "pycore-signature 1\n";
        for (const SignatureComponent& component : components) {
            list += std::string(name_of(component.part)) + " " + component.text + "\n";
        }
        return sha256_hex(list);
    }

    [[nodiscard]] std::string coarse_id_of(const SignatureComponents& components) const
    {
        std::string list = "pycore-coarse-signature 1\nkind " + kind_.base + "\n";
        list += module_.empty() ? "" : "module " + module_ + "\n";
        const auto python =
            std::ranges::find(components, SignaturePart::python, &SignatureComponent::part);
        if (python != components.end()) {
            // Of a thread in a deadlock, without its callers.
            list += "python " + python->text.substr(0, python->text.find(" < ")) + "\n";
        }
        return sha256_hex(list);
    }

    static std::string text_of(const SignatureComponents& components)
    {
        std::string text;
        std::size_t python = 0;
        for (const SignatureComponent& component : components) {
            const bool is_python = component.part == SignaturePart::python;
            if (is_python && ++python > most_python_in_text) {
                break;
            }
            text += text.empty() ? "" : " | ";
            text += (is_python ? "py:" : "") + component.text;
        }
        const std::size_t dots = 3;
        return text.size() <= longest_text ? text : shorten(text, longest_text - dots);
    }

    const Snapshot& snapshot_;
    ModuleRoles roles_;
    CrashClass kind_;
    SignatureComponents components_;
    std::string module_;
    std::vector<std::string> notes_;
    Confidence confidence_ = Confidence::high;
};

}  // namespace

std::string_view name_of(SignaturePart part) noexcept
{
    switch (part) {
    case SignaturePart::kind: return "kind";
    case SignaturePart::message: return "message";
    case SignaturePart::native: return "native";
    case SignaturePart::python: break;
    }
    return "python";
}

std::optional<Signature> make_signature(const Snapshot& snapshot,
                                        const std::optional<Diagnosis>& diagnosis,
                                        const std::vector<Deadlock>& deadlocks)
{
    if (snapshot.threads.empty()) {
        return std::nullopt;
    }
    CrashClass kind = classify_for_signature(snapshot, diagnosis, deadlocks);
    const bool deadlocked = kind.hang && !deadlocks.empty();
    SignatureMaker maker(snapshot, std::move(kind));
    if (deadlocked) {
        maker.add_deadlock(deadlocks);
    } else {
        maker.add_stack(diagnosis);
    }
    return std::move(maker).finish();
}

}  // namespace pycore
