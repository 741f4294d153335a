/* What the programs that stress the installed library share. */
#ifndef COMMON_H
#define COMMON_H

#include <pycore/pycore.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Opens, analyses and writes as JSON. */
static inline int read_core(const char *path,
                            const pycore_options *options,
                            char **json,
                            pycore_error *error)
{
    pycore_core *core = NULL;
    pycore_report *report = NULL;
    int code = pycore_open(path, options, &core, error);
    *json = NULL;
    if (code == PYCORE_OK) {
        code = pycore_analyze(core, options, &report, error);
    }
    if (code == PYCORE_OK) {
        code = pycore_report_json(report, json, NULL, error);
    }
    pycore_report_free(report);
    pycore_core_free(core);
    return code;
}

static inline int open_files(void)
{
    int count = 0;
    DIR *const folder = opendir("/proc/self/fd");
    while (folder != NULL && readdir(folder) != NULL) {
        ++count;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

static inline double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

#endif
