/* memory MEGABYTES CORE...: the most heap that an analysis with that max_memory has at a time, besides
 * what symbol tables and DWARF of ELF files take, which none is opened for. */
#include "common.h"

#include <malloc.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static size_t used;
static size_t most;

static void *took(void *memory)
{
    used += memory == NULL ? 0 : malloc_usable_size(memory);
    most = used > most ? used : most;
    return memory;
}

void *malloc(size_t size)
{
    return took(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return took(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    const size_t before = memory == NULL ? 0 : malloc_usable_size(memory);
    void *const moved = __libc_realloc(memory, size);
    used -= moved == NULL ? 0 : before;
    return took(moved);
}

void free(void *memory)
{
    used -= memory == NULL ? 0 : malloc_usable_size(memory);
    __libc_free(memory);
}

int main(int count, char **arguments)
{
    const size_t allowed = count > 2 ? (size_t)atol(arguments[1]) << 20 : 0;
    int failed = count < 3;
    int i;
    for (i = 2; i < count; ++i) {
        pycore_options options;
        pycore_error error;
        size_t before;
        char *json;
        pycore_options_init(&options, sizeof options);
        options.flags = PYCORE_NO_RECORDED_PATHS | PYCORE_NO_LINES;
        options.max_memory = allowed;
        before = used;
        most = used;
        if (read_core(arguments[i], &options, &json, &error) != PYCORE_OK) {
            printf("%s: %s\n", arguments[i], error.message);
            return 1;
        }
        printf("%s: %.1f MiB of heap, %zu of it JSON\n", arguments[i],
               (double)(most - before) / (1 << 20), strlen(json));
        pycore_free(json);
        failed += allowed != 0 && most - before > allowed;
    }
    return failed != 0;
}
