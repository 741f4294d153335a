#include <assert.h>

int check_header(int version, int size)
{
    assert(version > 0 && size >= 16);
    return version * size;
}
