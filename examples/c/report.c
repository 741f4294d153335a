/* Prints the JSON report of a core: report CORE */
#include <pycore/pycore.h>

#include <inttypes.h>
#include <stdio.h>

static int write_out(void *user_data, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, (FILE *)user_data) == size ? 0 : -1;
}

int main(int count, char **arguments)
{
    pycore_options options;
    pycore_core *core = NULL;
    pycore_report *report = NULL;
    pycore_error error;
    int code;

    if (count != 2) {
        fprintf(stderr, "usage: report CORE\n");
        return 2;
    }
    pycore_options_init(&options, sizeof options);
    options.max_time = 60000;

    code = pycore_open(arguments[1], &options, &core, &error);
    if (code == PYCORE_OK) {
        code = pycore_analyze(core, &options, &report, &error);
    }
    if (code == PYCORE_OK) {
        code = pycore_report_write_json(report, write_out, stdout, &error);
    }
    if (code != PYCORE_OK) {
        fprintf(stderr, "report: %s: %s\n", pycore_error_name(code), error.message);
    }
    pycore_report_free(report);
    pycore_core_free(core);
    return code == PYCORE_OK ? 0 : 3;
}
