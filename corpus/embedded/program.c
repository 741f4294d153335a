/* A C program with Python in it: Python calls C calls Python, a C thread of its own runs Python too.
 * The few functions used are declared here, so that no headers of the Python are needed. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void Py_Initialize(void);
extern int PyRun_SimpleFileExFlags(FILE* file, const char* name, int close_it, void* flags);
extern int PyRun_SimpleStringFlags(const char* source, void* flags);
extern int PyGILState_Ensure(void);
extern void PyGILState_Release(int state);
extern void* PyEval_SaveThread(void);
extern void PyEval_RestoreThread(void* state);

/* Called from Python through ctypes; calls back into Python, which calls host_crash. */
int host_callback(int (*callback)(int), int value)
{
    return callback(value) + 1;
}

int host_crash(int* at)
{
    return *at;
}

static void* plugin(void* unused)
{
    const int state = PyGILState_Ensure();
    PyRun_SimpleStringFlags("import time\ndef plugin():\n    time.sleep(3600)\nplugin()\n", NULL);
    PyGILState_Release(state);
    return unused;
}

/* A thread that never heard of Python. */
static void* stranger(void* unused)
{
    for (;;) {
        pause();
    }
    return unused;
}

int main(int count, char** arguments)
{
    pthread_t thread;
    FILE* script = count > 1 ? fopen(arguments[1], "r") : NULL;
    if (script == NULL) {
        return 2;
    }
    Py_Initialize();
    void* const state = PyEval_SaveThread();
    pthread_create(&thread, NULL, plugin, NULL);
    pthread_create(&thread, NULL, stranger, NULL);
    usleep(500000);
    PyEval_RestoreThread(state);
    return PyRun_SimpleFileExFlags(script, arguments[1], 1, NULL);
}
