#include "signature/native_tokens.hpp"

#include <map>
#include <string>
#include <utility>

#include "analysis/crash_site.hpp"
#include "signature/name_lists.hpp"
#include "signature/native_name.hpp"
#include "signature/token_maker.hpp"

namespace pycore {
namespace {

// What repeats less often is not what overflowed the stack.
constexpr std::size_t fewest_rounds = 3;

const NativeCall* native_at(const FrameSpan& frames, std::size_t index)
{
    return std::get_if<NativeCall>(&frames.thread.stack[index]);
}

std::size_t past_sentinels(const FrameSpan& frames)
{
    std::size_t past = frames.begin;
    for (std::size_t i = frames.begin; i < frames.end; ++i) {
        const NativeCall* const call = native_at(frames, i);
        if (call != nullptr && !call->inlined &&
            is_listed(names::sentinel(), TokenMaker::function_of(*call))) {
            past = i + 1;
        }
    }
    return past;
}

bool misses_file(const TokenMaker& maker, const FrameSpan& frames)
{
    for (std::size_t i = frames.begin; i < frames.end; ++i) {
        const NativeCall* const call = native_at(frames, i);
        const ModuleDescription* const module = call == nullptr ? nullptr : maker.module_of(*call);
        if (module != nullptr && !module->found && !module->path.starts_with('[')) {
            return true;
        }
    }
    return false;
}

void add(NativeTokens& tokens, Token token)
{
    if (tokens.names.empty() || tokens.names.back() != token.name) {
        tokens.names.push_back(std::move(token.name));
        tokens.offsets = tokens.offsets || token.offset;
    }
}

void note_module(NativeTokens& tokens, const TokenMaker& maker, const NativeCall& call)
{
    if (tokens.module.empty() && maker.is_foreign(call)) {
        tokens.module = bare_module_name(maker.module_of(call)->path);
    }
}

/// A function that is on the stack so many times.
struct Repeated {
    const NativeCall* call = nullptr;
    std::size_t rounds = 0;
    Token token = {};
};

std::map<const NativePlace*, Repeated> calls_by_place(const FrameSpan& frames, bool& guess)
{
    std::map<const NativePlace*, Repeated> calls;
    for (std::size_t i = frames.begin; i < frames.end; ++i) {
        if (const NativeCall* const call = native_at(frames, i); call != nullptr) {
            guess = guess || is_guess(*call);
            Repeated& same = calls[call->place.get()];
            same.call = call;
            ++same.rounds;
        }
    }
    return calls;
}

/// Frames of CPython count where no other does.
void settle(NativeTokens& tokens, Token fallback)
{
    if (tokens.names.empty() && !fallback.name.empty()) {
        tokens.interpreter = true;
        add(tokens, std::move(fallback));
    }
}

}  // namespace

NativeTokens tokens_of_crash(const Snapshot& snapshot,
                             const ModuleRoles& roles,
                             const FrameSpan& frames)
{
    const TokenMaker maker(snapshot, roles);
    NativeTokens tokens{.files_missing = misses_file(maker, frames)};
    Token fallback;
    bool guess = false;
    const std::size_t from = past_sentinels(frames);
    for (std::size_t i = frames.begin; i < frames.end; ++i) {
        const NativeCall* const call = native_at(frames, i);
        // A frame is no better than those it was found by.
        guess = guess || (call != nullptr && is_guess(*call));
        if (guess && !tokens.names.empty()) {
            break;
        }
        const bool counts =
            call != nullptr && i >= from && (!frames.foreign_only || maker.is_foreign(*call));
        Token token = counts ? maker.token_of(*call) : Token{};
        const Weight weight = token.weight;
        if (weight == Weight::interpreter && fallback.name.empty() && !guess) {
            fallback = std::move(token);
        } else if (weight >= Weight::prefix) {
            tokens.guessed = guess;
            note_module(tokens, maker, *call);
            add(tokens, std::move(token));
        }
        if (weight == Weight::full || tokens.names.size() == most_native_tokens) {
            break;
        }
    }
    settle(tokens, std::move(fallback));
    return tokens;
}

NativeTokens tokens_of_call(const Snapshot& snapshot,
                            const ModuleRoles& roles,
                            const FrameSpan& frames)
{
    const TokenMaker maker(snapshot, roles);
    NativeTokens tokens{.files_missing = misses_file(maker, frames)};
    Token outermost;
    for (std::size_t i = frames.begin; i < frames.end; ++i) {
        const NativeCall* const call = native_at(frames, i);
        if (call == nullptr) {
            continue;
        }
        if (is_guess(*call)) {
            break;
        }
        Token token = maker.token_of(*call);
        if (token.weight >= Weight::prefix && maker.is_foreign(*call)) {
            outermost = std::move(token);
            tokens.module = bare_module_name(maker.module_of(*call)->path);
        }
    }
    if (!outermost.name.empty()) {
        add(tokens, std::move(outermost));
    }
    return tokens;
}

NativeTokens tokens_of_recursion(const Snapshot& snapshot,
                                 const ModuleRoles& roles,
                                 const FrameSpan& frames)
{
    const TokenMaker maker(snapshot, roles);
    NativeTokens tokens{.files_missing = misses_file(maker, frames)};
    bool guess = false;
    std::map<std::string, Repeated> repeated;
    for (const auto& [place, seen] : calls_by_place(frames, guess)) {
        Token token = maker.token_of(*seen.call);
        if (token.weight >= Weight::prefix && maker.is_foreign(*seen.call)) {
            Repeated& same = repeated[token.name];
            same = {.call = seen.call, .rounds = same.rounds + seen.rounds, .token = token};
        }
    }
    for (auto& [name, found] : repeated) {
        if (found.rounds >= fewest_rounds && tokens.names.size() < most_native_tokens) {
            tokens.guessed = guess;
            note_module(tokens, maker, *found.call);
            add(tokens, std::move(found.token));
        }
    }
    return tokens;
}

}  // namespace pycore
