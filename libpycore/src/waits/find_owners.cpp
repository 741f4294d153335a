#include "waits/find_owners.hpp"

namespace pycore {

void find_owners(const WaitInput& /*input*/,
                 InterpreterObjects& /*objects*/,
                 ObjectNames& /*names*/,
                 const WaitsSoFar& /*known*/,
                 ResourceTable& /*table*/)
{
}

}  // namespace pycore
