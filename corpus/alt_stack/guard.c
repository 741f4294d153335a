/* A crash reporter of the usual kind: a handler on a stack of its own that says so and aborts. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static char stack[64 * 1024];

static void on_crash(int signal, siginfo_t* info, void* context)
{
    static const char text[] = "guard: caught a crash, giving up\n";
    (void)signal, (void)info, (void)context;
    if (write(2, text, sizeof text - 1) > 0) {
        abort();
    }
}

int guard_install(void)
{
    const stack_t place = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    action.sa_sigaction = on_crash;
    return sigaltstack(&place, NULL) + sigaction(SIGSEGV, &action, NULL);
}

int guard_check(const int* state)
{
    return state[2] + 1;
}
