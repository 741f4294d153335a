/*
 * The C interface of libpycore: from the core dump of a CPython process to what happened in it.
 *
 * This is the interface that stays: what links libpycore.so.0 keeps working with every later
 * libpycore.so.0. docs/library.md shows its use; libpycore(3) lists it.
 *
 * Errors. A function that can fail returns PYCORE_OK or one of the PYCORE_ERROR_ codes, and sets
 * nothing but `error`, which may be NULL. No call prints, exits, aborts, installs a signal handler,
 * changes the locale, the environment or the working folder, starts a process or a thread, or talks
 * to a network. No exception of C++ leaves a call; running out of memory is PYCORE_ERROR_NO_MEMORY. (A
 * bug of the library that the C++ library's assertions catch does end the process.)
 *
 * Threads. There is no global state: threads may work on different handles at the same time. Of one
 * pycore_core the analyses wait for each other. A pycore_report never changes: any number of
 * threads may read it until one frees it. A thread in a call must not be cancelled (pthread_cancel).
 *
 * Results are read with functions instead of public structs, so that a report can grow without a
 * new interface. Pointers they return belong to the report and are good until pycore_report_free().
 * They take NULL for an object and then return what they return for nothing (NULL, 0, -1, false),
 * so that calls can be chained. An index that is too high gives the same.
 *
 * Text is UTF-8 that ends with NUL. It comes from the crashed process, which may have been hostile:
 * it may hold newlines and escape sequences. Put it through pycore_printable() before it goes to a
 * terminal or a log.
 *
 * Units: times are milliseconds, sizes bytes, lines count from 1.
 */
#ifndef PYCORE_PYCORE_H
#define PYCORE_PYCORE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define PYCORE_API __attribute__((visibility("default")))
#define PYCORE_WARN_UNUSED __attribute__((warn_unused_result))
#else
#define PYCORE_API
#define PYCORE_WARN_UNUSED
#endif

#ifdef __cplusplus
#define PYCORE_NOEXCEPT noexcept
extern "C" {
#else
#define PYCORE_NOEXCEPT
#endif

/** The version of this header. pycore_version() tells that of the library in use. */
#define PYCORE_VERSION_MAJOR 0
#define PYCORE_VERSION_MINOR 1
#define PYCORE_VERSION_PATCH 0

/** "0.1.0": of the library that is linked, or loaded. */
PYCORE_API const char *pycore_version(void) PYCORE_NOEXCEPT;

/* ---- Errors ---- */

enum {
    PYCORE_OK = 0,
    PYCORE_ERROR_ARGUMENT = 1,     /* a NULL or a value that makes no sense: a bug of the caller */
    PYCORE_ERROR_NO_MEMORY = 2,    /* an allocation failed; what was allocated is freed again */
    PYCORE_ERROR_IO = 3,           /* the operating system refused: pycore_error.system_error */
    PYCORE_ERROR_NOT_A_CORE = 4,   /* no core, or so damaged that nothing of it can be used */
    PYCORE_ERROR_UNSUPPORTED = 5,  /* of a machine, class or compression that is not supported */
    PYCORE_ERROR_LIMIT = 6,        /* a limit stopped it before there was anything to report */
    PYCORE_ERROR_CANCELLED = 7,    /* pycore_options.cancelled said so */
    PYCORE_ERROR_CALLBACK = 8,     /* the writer of pycore_report_write_json() gave up */
    PYCORE_ERROR_INTERNAL = 9      /* a bug of the library, which it noticed itself */
};

/**
 * What a call that failed says about it. The caller's, on the stack or anywhere: it owns nothing,
 * need not be initialised and never changes its size. A call that succeeds leaves it alone.
 */
typedef struct pycore_error {
    int code;          /* as returned */
    int system_error;  /* errno of PYCORE_ERROR_IO, else 0 */
    char message[504]; /* one line for people, safe to print */
} pycore_error;

/** "no-memory": the code's name. Never NULL. */
PYCORE_API const char *pycore_error_name(int code) PYCORE_NOEXCEPT;

/** `error->message`, for bindings that know no structs; "" for NULL. */
PYCORE_API const char *pycore_error_message(const pycore_error *error) PYCORE_NOEXCEPT;

/* ---- Options ---- */

/** Bits of pycore_options.flags. */
#define PYCORE_COLLECTOR UINT64_C(0x1)         /* for hostile cores: see pycore_options */
#define PYCORE_NO_RECORDED_PATHS UINT64_C(0x2) /* open no file only because the core names it */
#define PYCORE_NO_SOURCES UINT64_C(0x4)        /* open no source file of Python code */
#define PYCORE_NO_LINES UINT64_C(0x8)          /* read no DWARF: no source lines of C code */
#define PYCORE_NO_MODULES UINT64_C(0x10)       /* leave the mapped ELF files out of the JSON */
#define PYCORE_GLOBALS UINT64_C(0x20)          /* read globals of the innermost Python frames */
#define PYCORE_ENVIRONMENT UINT64_C(0x40)      /* list the environment of the process */
#define PYCORE_PYTHON_MODULES UINT64_C(0x80)   /* list what Python imported */

/** Who may read the report: pycore_options.privacy. */
enum {
    PYCORE_PRIVACY_DEFAULT = 0, /* local; public with PYCORE_COLLECTOR */
    PYCORE_PRIVACY_LOCAL = 1,   /* who may read the core: secrets are taken out */
    PYCORE_PRIVACY_PUBLIC = 2   /* anybody: no variables, no messages of exceptions either */
};

/** Whose variables are read: pycore_options.locals. */
enum {
    PYCORE_LOCALS_DEFAULT = 0, /* of all threads; none where privacy is public */
    PYCORE_LOCALS_NONE = 1,
    PYCORE_LOCALS_CRASHED_THREAD = 2,
    PYCORE_LOCALS_ALL_THREADS = 3
};

/**
 * How a core is read. 0 or NULL in a member means its default. `pycore_options o = {sizeof o};` is
 * all defaults, and so is what pycore_options_init() writes.
 *
 * `struct_size` is sizeof(pycore_options) as the caller knows it. Members are only ever added at the
 * end: a library that knows more takes the defaults for what it was not given; one that knows less
 * refuses with PYCORE_ERROR_ARGUMENT if something that it does not know is set.
 *
 * Nothing here is kept: it has to live only as long as the call it is given to, but for the
 * callbacks' `user_data`, which pycore_analyze() uses only during its call too.
 *
 * PYCORE_COLLECTOR sets what a service needs that reads cores of anybody: the smaller limits that
 * are in parentheses, no source files, public privacy. What is set besides goes before it. Such a
 * service allows files with `open_file`, or forbids them with PYCORE_NO_RECORDED_PATHS.
 *
 * Callbacks are called in the thread that called the library, must not call longjmp() and must not
 * throw; a C++ exception they throw is taken for the answer that stops the work.
 */
typedef struct pycore_options {
    size_t struct_size;
    uint64_t flags;
    int privacy;
    int locals;

    /* Which files may be opened besides the core. An ELF file has to be a regular file with the
     * build id that the core has; folders are lists that end with NULL. */
    const char *sysroot;              /* stands for "/" of the host the core is from */
    const char *executable;           /* stands for the process's executable */
    const char *const *module_paths;  /* searched for ELF files, by file name */
    const char *const *debug_paths;   /* like /usr/lib/debug, which is searched anyway */
    const char *const *source_paths;  /* searched for source files of Python code */
    /* Opens all of them where it is set: returns a descriptor opened for reading, which is then the
     * library's, or an errno with a minus sign. No folder is listed then. `path` is absolute;
     * `sysroot` is in it. */
    int (*open_file)(void *user_data, const char *path);

    /* Text to take out, "*" stands for any characters of a word; a list that ends with NULL. */
    const char *const *redact;

    /* Asked all along, see docs/library.md: other than 0 ends the call with PYCORE_ERROR_CANCELLED. */
    int (*cancelled)(void *user_data);
    void *user_data; /* of the callbacks */

    /* An empty file, open for reading and writing, that takes a core which has to be unpacked; stays
     * the caller's, and has to stay open as long as the pycore_core. 0: memory while the core is
     * small, then a file without a name in TMPDIR. */
    int unpack_file;

    /* Caps. What they cut is told in the report: pycore_limit_count(). */
    uint32_t max_time;            /* of opening and analysing together: 120,000 */
    uint64_t max_memory;          /* for what is kept of the core: lowers the other caps */
    uint64_t max_unpacked_bytes;  /* of a compressed or piped core: 32 GiB */
    uint64_t max_unpack_memory;   /* that a compressed core may ask for: 2 GiB (128 MiB) */
    uint64_t max_report_bytes;    /* of the JSON: 64 MiB (16 MiB) */
    uint64_t max_threads;         /* 100,000 (4,096) */
    uint64_t max_frames;          /* of one thread: 100,000 (2,048) */
    uint64_t max_total_frames;    /* of all threads: 2,000,000 */
    uint64_t max_value_items;     /* shown of one container: 100 */
    uint64_t max_value_text;      /* characters shown of one str: 4,096 */
    uint64_t max_total_value_bytes; /* of the text of all variables: 32 MiB */
    uint64_t max_warnings;        /* 1,000 */
} pycore_options;

/** Writes all defaults, and `size`, which is sizeof(pycore_options). */
PYCORE_API void pycore_options_init(pycore_options *options, size_t size) PYCORE_NOEXCEPT;

/* ---- From a core to a report ---- */

/** An opened core. */
typedef struct pycore_core pycore_core;
/** What was found in one. */
typedef struct pycore_report pycore_report;

/**
 * Opens a plain or compressed core (zstd, lz4, xz, gzip), and unpacks the latter. Of the options it
 * heeds the limits, `cancelled` and `unpack_file`; NULL stands for the defaults. `*core` is set to
 * what pycore_core_free() frees, or to NULL. Something that is no regular file (a FIFO, a device) is
 * refused and not waited for.
 */
PYCORE_API PYCORE_WARN_UNUSED int pycore_open(const char *path,
                                              const pycore_options *options,
                                              pycore_core **core,
                                              pycore_error *error) PYCORE_NOEXCEPT;

/**
 * The same for a descriptor, which stays the caller's and may be closed after the call: a file is
 * read from its start, a pipe to its end. `name` is the core's in the report; NULL: none.
 */
PYCORE_API PYCORE_WARN_UNUSED int pycore_open_fd(int descriptor,
                                                 const char *name,
                                                 const pycore_options *options,
                                                 pycore_core **core,
                                                 pycore_error *error) PYCORE_NOEXCEPT;

PYCORE_API void pycore_core_free(pycore_core *core) PYCORE_NOEXCEPT;

/**
 * All there is to find. `*report` is set to what pycore_report_free() frees, or to NULL. A core of
 * which only a part can be read, or that is not of a Python process, is a report too: see
 * pycore_status() and pycore_is_python(). The report does not need the core any more. The time that
 * opening took counts for `max_time`.
 */
PYCORE_API PYCORE_WARN_UNUSED int pycore_analyze(pycore_core *core,
                                                 const pycore_options *options,
                                                 pycore_report **report,
                                                 pycore_error *error) PYCORE_NOEXCEPT;

PYCORE_API void pycore_report_free(pycore_report *report) PYCORE_NOEXCEPT;

/* ---- The report as text ---- */

/**
 * Report format 1, one JSON object and a newline: the bytes that `pycore-report --json` writes.
 * `*json` is set to text that pycore_free() frees, or to NULL; `length`, without the NUL, may be NULL.
 */
PYCORE_API PYCORE_WARN_UNUSED int pycore_report_json(const pycore_report *report,
                                                     char **json,
                                                     size_t *length,
                                                     pycore_error *error) PYCORE_NOEXCEPT;

/** Gets `size` bytes; 0 to go on, anything else ends the call with PYCORE_ERROR_CALLBACK. */
typedef int (*pycore_writer)(void *user_data, const char *bytes, size_t size);

/** The same JSON piece by piece, without ever having all of it in memory. */
PYCORE_API PYCORE_WARN_UNUSED int pycore_report_write_json(const pycore_report *report,
                                                           pycore_writer writer,
                                                           void *user_data,
                                                           pycore_error *error) PYCORE_NOEXCEPT;

/** Frees what pycore_report_json() returned. */
PYCORE_API void pycore_free(void *memory) PYCORE_NOEXCEPT;

/**
 * `text` for a terminal or a log line: every character that controls, reorders or hides text, and
 * every byte that is no UTF-8, is written out (`\n`, `\x1b`, `\u202e`). As snprintf() it writes at most
 * `size` bytes with the NUL, cuts between characters, and returns the length of the whole without
 * NUL; `buffer` may be NULL where `size` is 0. 0 when there is no memory for it.
 */
PYCORE_API size_t pycore_printable(const char *text, char *buffer, size_t size) PYCORE_NOEXCEPT;

/* ---- What happened ---- */

/** pycore_status(). */
enum {
    PYCORE_STATUS_OK = 0,
    PYCORE_STATUS_PARTIAL = 1, /* something could not be read: pycore_warning_count() */
    PYCORE_STATUS_ERROR = 2    /* no thread of Python could be read */
};
PYCORE_API int pycore_status(const pycore_report *report) PYCORE_NOEXCEPT;

/** Whether it is a Python process, supported or not. */
PYCORE_API int pycore_is_python(const pycore_report *report) PYCORE_NOEXCEPT;

/** One sentence a person can act on: why it crashed, or who waits for whom. Never NULL. */
PYCORE_API const char *pycore_summary(const pycore_report *report) PYCORE_NOEXCEPT;

/**
 * What makes two crashes the same bug (docs/signature.md): 64 hex digits; the same of what is known
 * without any ELF file; and readable, one line. NULL where no thread was read.
 */
PYCORE_API const char *pycore_signature_id(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_signature_coarse_id(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_signature_text(const pycore_report *report) PYCORE_NOEXCEPT;

/** -1 where the core does not tell. */
PYCORE_API int64_t pycore_pid(const pycore_report *report) PYCORE_NOEXCEPT;
/** At most 15 bytes, as the kernel names it; NULL where the core does not tell. */
PYCORE_API const char *pycore_command(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_executable(const pycore_report *report) PYCORE_NOEXCEPT;

/** The signal that killed it, 0 for the core of a process that lives on. */
PYCORE_API int pycore_signal(const pycore_report *report) PYCORE_NOEXCEPT;
/** "SIGSEGV"; NULL as above. */
PYCORE_API const char *pycore_signal_name(const pycore_report *report) PYCORE_NOEXCEPT;
/** "null-dereference", "abort": `crash.kind` of the report format; NULL as above. */
PYCORE_API const char *pycore_crash_kind(const pycore_report *report) PYCORE_NOEXCEPT;
/** 1 and the address that could not be accessed; 0 where there is none. `address` may be NULL. */
PYCORE_API int pycore_fault_address(const pycore_report *report, uint64_t *address) PYCORE_NOEXCEPT;
/** What the C library said before it called abort(); NULL where it said nothing. */
PYCORE_API const char *pycore_abort_message(const pycore_report *report) PYCORE_NOEXCEPT;

/** The interpreters in the process; the first is the main one. "3.13.5", or NULL. */
PYCORE_API size_t pycore_interpreter_count(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_interpreter_version(const pycore_report *report,
                                                  size_t index) PYCORE_NOEXCEPT;

/** Circles of threads that wait for each other; one sentence each. */
PYCORE_API size_t pycore_deadlock_count(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_deadlock_summary(const pycore_report *report,
                                               size_t index) PYCORE_NOEXCEPT;

/** What else a person should know: the id (docs/hints.md), a title, and what to do. */
PYCORE_API size_t pycore_hint_count(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_hint_id(const pycore_report *report, size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_hint_title(const pycore_report *report, size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_hint_detail(const pycore_report *report,
                                          size_t index) PYCORE_NOEXCEPT;

/** All that could not be read: a stable code, "frame-unreadable", and a message. */
PYCORE_API size_t pycore_warning_count(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_warning_code(const pycore_report *report,
                                           size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_warning_message(const pycore_report *report,
                                              size_t index) PYCORE_NOEXCEPT;

/** The limits that cut something: "max-frames", and where: "thread 4711". */
PYCORE_API size_t pycore_limit_count(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_limit_name(const pycore_report *report, size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_limit_where(const pycore_report *report,
                                          size_t index) PYCORE_NOEXCEPT;

/* ---- Threads ---- */

/** A thread of the kernel, or a thread state of CPython without one. */
typedef struct pycore_thread pycore_thread;

/** The crashed one first, then by tid. */
PYCORE_API size_t pycore_thread_count(const pycore_report *report) PYCORE_NOEXCEPT;
PYCORE_API const pycore_thread *pycore_thread_at(const pycore_report *report,
                                                 size_t index) PYCORE_NOEXCEPT;

/** The kernel's number; -1 for a thread state without a thread. */
PYCORE_API int64_t pycore_thread_tid(const pycore_thread *thread) PYCORE_NOEXCEPT;
/** As `threading` names it, or else the kernel; NULL where neither is known. */
PYCORE_API const char *pycore_thread_name(const pycore_thread *thread) PYCORE_NOEXCEPT;
PYCORE_API int pycore_thread_crashed(const pycore_thread *thread) PYCORE_NOEXCEPT;
/** Whether CPython knows the thread. */
PYCORE_API int pycore_thread_is_python(const pycore_thread *thread) PYCORE_NOEXCEPT;
/** "running", "waiting for lock", "in system call"; NULL where it is not known. */
PYCORE_API const char *pycore_thread_state(const pycore_thread *thread) PYCORE_NOEXCEPT;
/** "held", "waiting", "released", "detached"; NULL without a GIL. */
PYCORE_API const char *pycore_thread_gil(const pycore_thread *thread) PYCORE_NOEXCEPT;
/** "Lock forks[3]": what it waits for; NULL when it waits for nothing that is known. */
PYCORE_API const char *pycore_thread_waiting_for(const pycore_thread *thread) PYCORE_NOEXCEPT;
/** Whether the stack ends where the thread began, and nothing was left out. */
PYCORE_API int pycore_thread_complete(const pycore_thread *thread) PYCORE_NOEXCEPT;

/* ---- Frames ---- */

/** One call of a stack. */
typedef struct pycore_frame pycore_frame;

/** C and Python in one stack, innermost first. */
PYCORE_API size_t pycore_frame_count(const pycore_thread *thread) PYCORE_NOEXCEPT;
PYCORE_API const pycore_frame *pycore_frame_at(const pycore_thread *thread,
                                               size_t index) PYCORE_NOEXCEPT;

/** pycore_frame_kind(). More may be added: leave out what you do not know. */
enum { PYCORE_FRAME_NONE = 0, PYCORE_FRAME_PYTHON = 1, PYCORE_FRAME_NATIVE = 2 };
PYCORE_API int pycore_frame_kind(const pycore_frame *frame) PYCORE_NOEXCEPT;

/** The qualified name in Python, the demangled one in C; NULL where it is not known. */
PYCORE_API const char *pycore_frame_function(const pycore_frame *frame) PYCORE_NOEXCEPT;
/** The source file; NULL where it is not known. */
PYCORE_API const char *pycore_frame_file(const pycore_frame *frame) PYCORE_NOEXCEPT;
/** 0 where it is not known. */
PYCORE_API uint32_t pycore_frame_line(const pycore_frame *frame) PYCORE_NOEXCEPT;
/** The text of that line, of Python code; NULL where it was not found. */
PYCORE_API const char *pycore_frame_source(const pycore_frame *frame) PYCORE_NOEXCEPT;
/** Of the instruction in C, of the `_PyInterpreterFrame` in Python. */
PYCORE_API uint64_t pycore_frame_address(const pycore_frame *frame) PYCORE_NOEXCEPT;

/** Of C frames: the ELF file, its build id (hex), and the offset that addr2line takes. NULL, 0. */
PYCORE_API const char *pycore_frame_module(const pycore_report *report,
                                           const pycore_frame *frame) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_frame_build_id(const pycore_report *report,
                                             const pycore_frame *frame) PYCORE_NOEXCEPT;
PYCORE_API uint64_t pycore_frame_module_offset(const pycore_frame *frame) PYCORE_NOEXCEPT;
/** Of C frames: inlined into the next one. */
PYCORE_API int pycore_frame_inlined(const pycore_frame *frame) PYCORE_NOEXCEPT;
/** Of C frames, how it was found: "context", "cfi", "frame_pointer", "scan", "inferred"; or NULL. */
PYCORE_API const char *pycore_frame_trust(const pycore_frame *frame) PYCORE_NOEXCEPT;

/** Of Python frames: the variables that were read; the type, and what `repr()` prints. A name
 * without a value has NULL for both. */
PYCORE_API size_t pycore_variable_count(const pycore_frame *frame) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_variable_name(const pycore_frame *frame,
                                            size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_variable_type(const pycore_frame *frame,
                                            size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_variable_value(const pycore_frame *frame,
                                             size_t index) PYCORE_NOEXCEPT;

/* ---- Exceptions ---- */

/** A Python exception. */
typedef struct pycore_exception pycore_exception;

/** The one that is being raised, else the innermost that is being handled; NULL without one. */
PYCORE_API const pycore_exception *pycore_thread_exception(const pycore_thread *thread)
    PYCORE_NOEXCEPT;
/** "ValueError", "app.errors.Late"; NULL where it is not known. */
PYCORE_API const char *pycore_exception_type(const pycore_exception *exception) PYCORE_NOEXCEPT;
/** What `str()` says; "" where privacy is public. */
PYCORE_API const char *pycore_exception_message(const pycore_exception *exception) PYCORE_NOEXCEPT;
/** What it was raised from, and what was being handled then; NULL without one. */
PYCORE_API const pycore_exception *pycore_exception_cause(const pycore_exception *exception)
    PYCORE_NOEXCEPT;
PYCORE_API const pycore_exception *pycore_exception_context(const pycore_exception *exception)
    PYCORE_NOEXCEPT;
/** The members of an exception group. */
PYCORE_API size_t pycore_exception_member_count(const pycore_exception *exception) PYCORE_NOEXCEPT;
PYCORE_API const pycore_exception *pycore_exception_member_at(const pycore_exception *exception,
                                                              size_t index) PYCORE_NOEXCEPT;
/** Its traceback, the outermost call first, as Python prints it. NULL and 0 as of frames. */
PYCORE_API size_t pycore_traceback_count(const pycore_exception *exception) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_traceback_function(const pycore_exception *exception,
                                                 size_t index) PYCORE_NOEXCEPT;
PYCORE_API const char *pycore_traceback_file(const pycore_exception *exception,
                                             size_t index) PYCORE_NOEXCEPT;
PYCORE_API uint32_t pycore_traceback_line(const pycore_exception *exception,
                                          size_t index) PYCORE_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
