#include "signature/token_maker.hpp"

#include <string_view>
#include <utility>

#include "analysis/shorten.hpp"
#include "base/file_name.hpp"
#include "base/hex.hpp"
#include "pycore/text.hpp"
#include "signature/name_lists.hpp"
#include "signature/native_name.hpp"

namespace pycore {
namespace {

constexpr std::size_t most_letters = 120;
constexpr std::size_t longest_demangled = 2000;
constexpr std::size_t build_id_letters = 8;

/// A name of the public C API, which every build exports.
bool is_public_api(std::string_view name)
{
    return name.starts_with("Py") && name.find('_') != std::string_view::npos;
}

bool is_python_file(const ModuleDescription& module)
{
    const std::string_view file = file_name(module.path);
    return file.starts_with("libpython3.") || file.starts_with("python3.");
}

Token named(const std::string& name)
{
    if (name.empty()) {
        return {};
    }
    const bool shared = is_listed(names::prefix(), name);
    return {.name = shorten(to_printable(name), most_letters),
            .weight = shared ? Weight::prefix : Weight::full};
}

/// CPython itself, or a program that has it inside. Only what every build exports has a name in
/// every build.
Token of_interpreter(const ModuleDescription& module, const std::string& name)
{
    if (is_public_api(name)) {
        return {.name = shorten(to_printable(name), most_letters), .weight = Weight::interpreter};
    }
    return is_python_file(module) || name.starts_with("_Py") ? Token{} : named(name);
}

Token of_standard_library(const ModuleDescription& module)
{
    std::string name = to_printable(bare_module_name(module.path));
    // The way from Python into any C library, and seldom where it went wrong.
    return name == "_ctypes" ? Token{}
                             : Token{.name = std::move(name), .weight = Weight::interpreter};
}

/// "codec!decode_row": other libraries have functions of that name, too.
Token of_library(const ModuleDescription& module, const std::string& name)
{
    Token token = named(name);
    token.name = to_printable(bare_module_name(module.path)) + "!" + token.name;
    return token;
}

Token of_offset(const ModuleDescription& module, const NativeCall& call)
{
    std::string name = bare_module_name(module.path) + "+" + hex(call.place->module_offset);
    if (module.build_id) {
        name += "@" + module.build_id->substr(0, build_id_letters);
    }
    return {
        .name = shorten(to_printable(name), most_letters), .weight = Weight::full, .offset = true};
}

}  // namespace

Token TokenMaker::token_of(const NativeCall& call) const
{
    const ModuleDescription* const module = module_of(call);
    // Inlined frames are known only where DWARF is at hand.
    if (call.inlined || !call.executable || module == nullptr) {
        return {};
    }
    const std::string name = function_of(call);
    if (is_listed(names::irrelevant(), name)) {
        return {};
    }
    switch (role_of(call)) {
    case ModuleRole::interpreter: return of_interpreter(*module, name);
    case ModuleRole::standard_library: return of_standard_library(*module);
    // What starts with an underscore has a name only where debug symbols are at hand.
    case ModuleRole::system: return name.starts_with('_') ? Token{} : named(name);
    case ModuleRole::other: break;
    }
    return name.empty() ? of_offset(*module, call) : of_library(*module, name);
}

std::string TokenMaker::function_of(const NativeCall& call)
{
    const std::string name = bare_function_name(shorten(call.place->function, longest_demangled));
    return std::string(without_synonym(name));
}

const ModuleDescription* TokenMaker::module_of(const NativeCall& call) const
{
    const auto& module = call.place->module;
    return module && *module < snapshot_.modules.size() ? &snapshot_.modules[*module] : nullptr;
}

bool TokenMaker::is_foreign(const NativeCall& call) const
{
    return module_of(call) != nullptr && role_of(call) == ModuleRole::other;
}

ModuleRole TokenMaker::role_of(const NativeCall& call) const
{
    // A Python that cannot be read is known by its file alone.
    return is_python_file(*module_of(call)) ? ModuleRole::interpreter
                                            : roles_.role_of(*call.place->module);
}

}  // namespace pycore
