/* A crash reporter that crashes itself: it follows a pointer that was never set. */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

struct Log {
    char pad[24];
    int file;
};

static struct Log* volatile report_log;
static char stack[64 * 1024];

static void write_report(int signal)
{
    static const char text[] = "monitor: crash\n";
    if (write(report_log->file, text, sizeof text - 1) > 0) {
        _exit(signal);
    }
}

static void on_crash(int signal, siginfo_t* info, void* context)
{
    (void)info, (void)context;
    write_report(signal);
    _exit(1);
}

int monitor_install(void)
{
    const stack_t place = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    action.sa_sigaction = on_crash;
    return sigaltstack(&place, NULL) + sigaction(SIGFPE, &action, NULL);
}

int monitor_rate(int count, int seconds)
{
    return count % seconds;
}
