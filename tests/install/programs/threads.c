/* threads CORE...: reads the cores one by one, then all at once and each by two threads at once. */
#include "common.h"

#include <pthread.h>

struct job {
    const char *path;
    const char *expected;
    int differs;
};

static void *work(void *argument)
{
    struct job *const job = argument;
    pycore_error error;
    char *json;
    const int code = read_core(job->path, NULL, &json, &error);
    job->differs = code != PYCORE_OK || strcmp(json, job->expected) != 0;
    if (job->differs) {
        printf("%s differs: %s\n", job->path, code == PYCORE_OK ? "other bytes" : error.message);
    }
    pycore_free(json);
    return NULL;
}

int main(int count, char **arguments)
{
    struct job jobs[64];
    pthread_t threads[64];
    char *expected[32];
    const int cores = count - 1;
    int failed = 0;
    int i;
    if (cores < 1 || cores > 32) {
        return 2;
    }
    for (i = 0; i < cores; ++i) {
        pycore_error error;
        if (read_core(arguments[1 + i], NULL, &expected[i], &error) != PYCORE_OK) {
            printf("%s: %s\n", arguments[1 + i], error.message);
            return 1;
        }
    }
    for (i = 0; i < 2 * cores; ++i) {
        jobs[i].path = arguments[1 + i % cores];
        jobs[i].expected = expected[i % cores];
        pthread_create(&threads[i], NULL, work, &jobs[i]);
    }
    for (i = 0; i < 2 * cores; ++i) {
        pthread_join(threads[i], NULL);
        failed += jobs[i].differs;
    }
    for (i = 0; i < cores; ++i) {
        pycore_free(expected[i]);
    }
    printf("%d threads, %d differences\n", 2 * cores, failed);
    return failed != 0;
}
