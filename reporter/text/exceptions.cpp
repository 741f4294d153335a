#include "text/exceptions.hpp"

#include "text/traceback_writer.hpp"
#include "view/exception_order.hpp"

namespace pycore {

void write_exceptions(StyledText& out, const Thread& thread)
{
    for (const ShownException& shown : shown_exceptions(thread)) {
        out.plain("  ").plain(shown.introduction).plain("\n");
        TracebackWriter(out, "    ").write_chain(*shown.exception);
    }
}

}  // namespace pycore
