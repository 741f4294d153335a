// A Python extension in C++ that lets an exception out. The few things it needs of Python are
// declared here, so that no headers of the Python are needed.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

struct PyObject {
    std::intptr_t references;
    void* type;
};

using Function = PyObject* (*)(PyObject*, PyObject*);

struct PyMethodDef {
    const char* name;
    Function call;
    int flags;
    const char* doc;
};

struct PyModuleDef {
    PyObject base;
    void* init;
    std::intptr_t index;
    PyObject* copy;
    const char* name;
    const char* doc;
    std::intptr_t size;
    PyMethodDef* methods;
    void* slots;
    void* unused[3];
};

extern "C" PyObject* PyModule_Create2(PyModuleDef* definition, int abi_version);
extern "C" long PyLong_AsLong(PyObject* number);
extern "C" PyObject* PyLong_FromLong(long number);

namespace tracking {

class Track {
public:
    explicit Track(int points) : points_(static_cast<std::size_t>(points), 1) {}

    __attribute__((noinline)) long position_at(long time) const
    {
        if (time >= static_cast<long>(points_.size())) {
            throw std::runtime_error("no position at time " + std::to_string(time));
        }
        return points_[static_cast<std::size_t>(time)];
    }

private:
    std::vector<long> points_;
};

}  // namespace tracking

static PyObject* position(PyObject*, PyObject* time)
{
    return PyLong_FromLong(tracking::Track(8).position_at(PyLong_AsLong(time)));
}

constexpr int one_argument = 8;  // METH_O
static PyMethodDef methods[] = {{"position", position, one_argument, nullptr}, {}};
static PyModuleDef definition = {{1, nullptr}, nullptr, 0, nullptr, "_tracker", nullptr, -1,
                                 methods, nullptr, {}};

extern "C" PyObject* PyInit__tracker()
{
    constexpr int stable_abi = 3;
    return PyModule_Create2(&definition, stable_abi);
}
