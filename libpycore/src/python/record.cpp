#include "python/record.hpp"

namespace pycore {

Result<Record> Record::read(const Memory& memory, Address at, std::size_t size, Label what)
{
    Record record(at, what);
    record.bytes_.resize(size);
    if (const auto done = memory.read_bytes(at, record.bytes_, what); !done) {
        return done.fault();
    }
    return record;
}

}  // namespace pycore
