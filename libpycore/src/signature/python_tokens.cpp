#include "signature/python_tokens.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "analysis/shorten.hpp"
#include "pycore/text.hpp"
#include "signature/name_lists.hpp"
#include "signature/python_name.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_letters = 160;
constexpr std::size_t fewest_rounds = 3;

std::string token_of(const PythonCode& code)
{
    return shorten(to_printable(python_function_name(code)), most_letters);
}

bool contains(const std::vector<std::string>& tokens, const std::string& token)
{
    return std::ranges::find(tokens, token) != tokens.end();
}

}  // namespace

std::vector<std::string> python_tokens(const Thread& thread, std::size_t begin, std::size_t most)
{
    std::vector<std::string> tokens;
    std::vector<std::string> plumbing;
    std::set<const PythonCode*> seen;
    for (std::size_t i = begin; i < thread.stack.size() && tokens.size() < most; ++i) {
        const auto* const frame = std::get_if<PythonFrame>(&thread.stack[i]);
        if (frame == nullptr || !seen.insert(frame->code.get()).second) {
            continue;
        }
        std::string token = token_of(*frame->code);
        auto& kind = is_listed(names::python_plumbing(), token) ? plumbing : tokens;
        if (!token.empty() && kind.size() < most && !contains(kind, token)) {
            kind.push_back(std::move(token));
        }
    }
    return tokens.empty() ? plumbing : tokens;
}

std::vector<std::string> repeated_python_tokens(const Thread& thread,
                                                std::size_t begin,
                                                std::size_t most)
{
    std::map<const PythonCode*, std::size_t> rounds;
    for (std::size_t i = begin; i < thread.stack.size(); ++i) {
        if (const auto* const frame = std::get_if<PythonFrame>(&thread.stack[i])) {
            ++rounds[frame->code.get()];
        }
    }
    // Functions of one name are one.
    std::map<std::string, std::size_t> by_name;
    for (const auto& [code, count] : rounds) {
        by_name[token_of(*code)] += count;
    }
    by_name.erase(std::string());
    std::vector<std::string> sorted;
    for (const auto& [name, count] : by_name) {
        if (count >= fewest_rounds && sorted.size() < most) {
            sorted.push_back(name);
        }
    }
    return sorted;
}

}  // namespace pycore
