#include "self_check/coredump_conf.hpp"

#include <array>
#include <sstream>
#include <string_view>
#include <vector>

namespace pycore {
namespace {

std::string trimmed(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(start, text.find_last_not_of(" \t\r") - start + 1));
}

void add(const std::string& text, std::map<std::string, std::string>& into)
{
    std::istringstream lines(text);
    bool ours = false;
    for (std::string line; std::getline(lines, line);) {
        line = trimmed(line);
        const std::size_t equals = line.find('=');
        if (line.starts_with('[')) {
            ours = line == "[Coredump]";
        } else if (ours && equals != std::string::npos && line[0] != '#' && line[0] != ';') {
            into[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
        }
    }
}

}  // namespace

std::map<std::string, std::string> read_coredump_conf(const Host& host)
{
    // The least important first.
    constexpr std::array folders{"/usr/lib/systemd/", "/usr/local/lib/systemd/", "/run/systemd/",
                                 "/etc/systemd/"};
    std::map<std::string, std::string> found;
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
        if (const auto text = host.text_of(*folder + std::string("coredump.conf"))) {
            add(*text, found);
            break;
        }
    }
    // A drop-in hides one of the same name in a less important folder; all are read by their names.
    std::map<std::string, std::string> drop_ins;
    for (const char* folder : folders) {
        const std::string place = std::string(folder) + "coredump.conf.d/";
        for (const std::string& name : host.names_in(place)) {
            if (name.ends_with(".conf")) {
                drop_ins[name] = place + name;
            }
        }
    }
    for (const auto& [name, path] : drop_ins) {
        add(host.text_of(path).value_or(""), found);
    }
    return found;
}

}  // namespace pycore
