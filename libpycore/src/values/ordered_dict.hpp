#pragma once

#include "base/walk.hpp"
#include "objects/dict.hpp"
#include "values/value_writer.hpp"

namespace pycore {

/// As `ValueWriter::read_entries`, but those of an `OrderedDict` in the order it gives them, which
/// is not that of its dict after `move_to_end`.
Walk<DictEntry> read_entries_in_order(ValueWriter& writer, Address dict);

}  // namespace pycore
