/* A field is copied to the stack without a look at its length. */
#include <string.h>

int field_kind(const char* text, unsigned long length)
{
    char field[16];
    memcpy(field, text, length);
    return strcmp(field, "integer") == 0;
}
