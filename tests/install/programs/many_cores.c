/* many_cores N CORE...: analyses N cores in this process, and says what that left behind. */
#include "common.h"

static long resident_kilobytes(void)
{
    long pages = 0;
    long resident = 0;
    FILE *const file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &pages, &resident) != 2) {
        exit(2);
    }
    fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int count, char **arguments)
{
    const long wanted = count > 2 ? atol(arguments[1]) : 0;
    const long warm = wanted / 10 > count - 2 ? wanted / 10 : count - 2;
    long before = 0;
    int files = 0;
    long i;
    for (i = 0; i < wanted; ++i) {
        pycore_error error;
        char *json;
        if (i == warm) {
            before = resident_kilobytes();
            files = open_files();
        }
        if (read_core(arguments[2 + i % (count - 2)], NULL, &json, &error) != PYCORE_OK) {
            printf("core %ld: %s\n", i, error.message);
            return 1;
        }
        pycore_free(json);
    }
    printf("%ld cores: %ld KiB after %ld, %ld KiB at the end; %d files open, then %d\n", wanted,
           before, warm, resident_kilobytes(), files, open_files());
    /* The heap of a core that is larger than those before may stay in malloc's hands. */
    return wanted > warm && resident_kilobytes() - before < 8192 && open_files() == files ? 0 : 1;
}
