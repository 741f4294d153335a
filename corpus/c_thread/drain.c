/* A thread that never heard of Python works through a queue and meets a broken link. */
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

struct Job {
    struct Job* next;
    int (*run)(const struct Job* job);
};

static int nothing(const struct Job* job)
{
    return job != NULL;
}

static struct Job jobs[2] = {{&jobs[1], nothing}, {(struct Job*)0x100000, nothing}};

int drain_queue(const struct Job* job)
{
    int done = 0;
    for (; job; job = job->next) {
        done += job->run(job);
    }
    return done;
}

static void* drain_thread(void* unused)
{
    usleep(700000);
    drain_queue(jobs);
    return unused;
}

int drain_start(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, drain_thread, NULL);
}
