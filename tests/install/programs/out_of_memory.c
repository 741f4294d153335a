/* out_of_memory SAMPLES CORE: analyses the core again and again, while one allocation fails, or all
 * from one on: of operator new, of libdw, libelf, libzstd and the rest, which all call malloc(). */
#include "common.h"

#include <errno.h>
#include <malloc.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static long allocations;
static long live;
static long first_failure = -1;
static long last_failure = -1;

static int fails(void)
{
    const long number = allocations++;
    if (first_failure >= 0 && number >= first_failure && number <= last_failure) {
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

static void *counted(void *memory)
{
    live += memory != NULL;
    return memory;
}

void *malloc(size_t size)
{
    return fails() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    if (memory == NULL) {
        return malloc(size);
    }
    return fails() ? NULL : __libc_realloc(memory, size);
}

void free(void *memory)
{
    live -= memory != NULL;
    __libc_free(memory);
}

/* Returns whether all is as it should be. */
static int try_one(const char *core, long first, long last, long counts[2])
{
    const long live_before = live;
    const int files_before = open_files();
    pycore_error error;
    char *json;
    int code;
    allocations = 0;
    first_failure = first;
    last_failure = last;
    code = read_core(core, NULL, &json, &error);
    first_failure = -1;
    if (code == PYCORE_OK && json[0] != '{') {
        printf("allocation %ld fails: a report that is none\n", first);
        return 0;
    }
    pycore_free(json);
    ++counts[code == PYCORE_OK ? 0 : 1];
    if (code != PYCORE_OK && code != PYCORE_ERROR_NO_MEMORY) {
        printf("allocation %ld fails: %s: %s\n", first, pycore_error_name(code), error.message);
        return 0;
    }
    if (open_files() != files_before) {
        printf("allocation %ld fails: %d files stay open\n", first, open_files() - files_before);
        return 0;
    }
    if (live != live_before) {
        printf("allocation %ld fails: %ld blocks are never freed\n", first, live - live_before);
        return 0;
    }
    return 1;
}

int main(int count, char **arguments)
{
    const long samples = count == 3 ? atol(arguments[1]) : 0;
    long counts[2] = {0, 0};
    long total;
    long failed = 0;
    long i;
    if (samples < 1 || open_files() < 1) {
        return 2;
    }
    printf("out of memory: ");
    /* The first one fills what libraries keep for ever. */
    failed += !try_one(arguments[2], -1, -1, counts) && live == 0;
    failed += !try_one(arguments[2], -1, -1, counts);
    total = allocations;
    for (i = 0; i < samples; ++i) {
        /* The first hundred one by one, where a handle is half made; then evenly. */
        const long at = i < 100 && i < samples / 2 ? i : (long)((double)total * (double)i / (double)samples);
        failed += !try_one(arguments[2], at, at, counts);
        failed += !try_one(arguments[2], at, total * 2, counts);
    }
    printf("%ld allocations; %ld times a report, %ld times no memory, %ld times wrong\n", total,
           counts[0] - 2, counts[1], failed);
    return failed != 0;
}
