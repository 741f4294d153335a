#include <stdlib.h>

struct Buffer {
    unsigned long size;
    unsigned long used;
    char bytes[112];
};

char* buffer_new(void)
{
    struct Buffer* buffer = calloc(1, sizeof(struct Buffer));
    return buffer->bytes;
}

/* Gives back the bytes instead of the buffer they are part of. */
int buffer_delete(char* volatile bytes)
{
    free(bytes);
    return 0;
}
