#include "pycore/python_version.hpp"

namespace pycore {

std::string to_string(const PythonVersion& version)
{
    std::string text = std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
                       std::to_string(version.micro);
    switch (version.level) {
    case 0xA: text += 'a'; break;
    case 0xB: text += 'b'; break;
    case 0xC: text += "rc"; break;
    default: return text;
    }
    return text + std::to_string(version.serial);
}

}  // namespace pycore
