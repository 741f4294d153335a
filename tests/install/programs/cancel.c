/* cancel SAMPLES CORE: how often the library asks whether to go on, and how soon it returns. */
#include "common.h"

struct state {
    long asked;
    long stop_at;
    double last;
    double longest;
    double stopped;
};

static int ask(void *user_data)
{
    struct state *const state = user_data;
    const double time = now();
    if (time - state->last > state->longest) {
        state->longest = time - state->last;
    }
    state->last = time;
    if (++state->asked < state->stop_at) {
        return 0;
    }
    state->stopped = time;
    return 1;
}

static int run(const char *core, struct state *state, long stop_at)
{
    pycore_options options;
    pycore_error error;
    char *json;
    int code;
    pycore_options_init(&options, sizeof options);
    options.cancelled = ask;
    options.user_data = state;
    memset(state, 0, sizeof *state);
    state->stop_at = stop_at;
    state->last = now();
    code = read_core(core, &options, &json, &error);
    pycore_free(json);
    return code;
}

int main(int count, char **arguments)
{
    const long samples = count == 3 ? atol(arguments[1]) : 0;
    struct state state;
    double slowest = 0;
    double whole = now();
    double pause;
    long asked;
    long i;
    if (samples < 1 || run(arguments[2], &state, 1L << 40) != PYCORE_OK) {
        return 2;
    }
    whole = now() - whole;
    asked = state.asked;
    pause = state.longest;
    for (i = 0; i < samples; ++i) {
        const int code = run(arguments[2], &state, 1 + asked * i / samples);
        if (code != PYCORE_ERROR_CANCELLED) {
            printf("cancelled at question %ld of %ld: %s\n", 1 + asked * i / samples, asked,
                   pycore_error_name(code));
            return 1;
        }
        if (now() - state.stopped > slowest) {
            slowest = now() - state.stopped;
        }
    }
    printf("%ld questions in %.0f ms, at most %.1f ms between two; back at most %.1f ms after a yes\n",
           asked, whole * 1e3, pause * 1e3, slowest * 1e3);
    /* A machine with other work to do takes its time, and a debug build too. */
    return slowest < 1.0 ? 0 : 1;
}
