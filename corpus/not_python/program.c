/* Two threads of a program without any Python, one of which aborts. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void* wait_here(void* unused)
{
    for (;;) {
        pause();
    }
    return unused;
}

int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, wait_here, NULL);
    usleep(200000);
    abort();
}
