/* A crash reporter that takes note, gives the signal back its default and raises it again. */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static void on_crash(int signal, siginfo_t* info, void* context)
{
    static const char text[] = "reporter: a crash was noted\n";
    struct sigaction action = {.sa_handler = SIG_DFL};
    (void)info, (void)context;
    if (write(1, text, sizeof text - 1) > 0) {
        sigaction(signal, &action, NULL);
        raise(signal);
    }
}

int reporter_install(void)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_NODEFER};
    action.sa_sigaction = on_crash;
    return sigaction(SIGSEGV, &action, NULL) + sigaction(SIGBUS, &action, NULL);
}

int reporter_read(const volatile int* at)
{
    return *at + 1;
}
