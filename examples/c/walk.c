/* Prints what happened, and the stack of each thread, without JSON: walk CORE */
#include <pycore/pycore.h>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Text comes from a process that may have been hostile: nothing of it may reach the terminal's
 * controls. */
static void print(const char *before, const char *text)
{
    char line[512];
    pycore_printable(text != NULL ? text : "?", line, sizeof line);
    printf("%s%s", before, line);
}

static void print_frame(const pycore_report *report, const pycore_frame *frame)
{
    const char *module = pycore_frame_module(report, frame);
    print(pycore_frame_kind(frame) == PYCORE_FRAME_PYTHON ? "  py  " : "  C   ",
          pycore_frame_function(frame));
    if (pycore_frame_file(frame) != NULL) {
        print(" at ", pycore_frame_file(frame));
        printf(":%u", (unsigned)pycore_frame_line(frame));
    } else if (module != NULL) {
        print(" in ", module);
        printf("+0x%llx", (unsigned long long)pycore_frame_module_offset(frame));
    }
    printf("\n");
}

static void print_thread(const pycore_report *report, const pycore_thread *thread)
{
    const pycore_exception *exception = pycore_thread_exception(thread);
    size_t i;
    printf("Thread %lld", (long long)pycore_thread_tid(thread));
    print(" ", pycore_thread_name(thread));
    printf("%s\n", pycore_thread_crashed(thread) ? " (crashed)" : "");
    if (pycore_thread_waiting_for(thread) != NULL) {
        print("  waits for ", pycore_thread_waiting_for(thread));
        printf("\n");
    }
    if (exception != NULL) {
        print("  exception ", pycore_exception_type(exception));
        print(": ", pycore_exception_message(exception));
        printf("\n");
    }
    for (i = 0; i < pycore_frame_count(thread); ++i) {
        print_frame(report, pycore_frame_at(thread, i));
    }
}

static void print_report(const pycore_report *report)
{
    size_t i;
    print("", pycore_summary(report));
    print("\nsignature ", pycore_signature_text(report));
    printf("\n");
    for (i = 0; i < pycore_thread_count(report); ++i) {
        print_thread(report, pycore_thread_at(report, i));
    }
    for (i = 0; i < pycore_warning_count(report); ++i) {
        print("warning: ", pycore_warning_message(report, i));
        printf("\n");
    }
}

int main(int count, char **arguments)
{
    pycore_core *core = NULL;
    pycore_report *report = NULL;
    pycore_error error;
    int code;
    /* A collector has a descriptor rather than a path. */
    const int file = count == 2 ? open(arguments[1], O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) {
        fprintf(stderr, "usage: walk CORE\n");
        return 2;
    }
    code = pycore_open_fd(file, arguments[1], NULL, &core, &error);
    close(file);
    if (code == PYCORE_OK) {
        code = pycore_analyze(core, NULL, &report, &error);
    }
    if (code == PYCORE_OK) {
        print_report(report);
    } else {
        fprintf(stderr, "walk: %s: %s\n", pycore_error_name(code), error.message);
    }
    pycore_report_free(report);
    pycore_core_free(core);
    return code == PYCORE_OK ? 0 : 3;
}
