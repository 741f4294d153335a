/* A program with two libpythons of different versions mapped, of which only one is initialized. */
#include <dlfcn.h>
#include <stdio.h>

extern void Py_Initialize(void);
extern int PyRun_SimpleFileExFlags(FILE* file, const char* name, int close_it, void* flags);

int main(int count, char** arguments)
{
    FILE* script = count > 1 ? fopen(arguments[1], "r") : NULL;
    void* idle = dlopen("/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", RTLD_NOW | RTLD_LOCAL);
    if (script == NULL || idle == NULL) {
        return 2;
    }
    Py_Initialize();
    return PyRun_SimpleFileExFlags(script, arguments[1], 1, NULL);
}
