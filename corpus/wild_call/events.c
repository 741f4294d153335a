/* A table of callbacks, one of them overwritten with a number that is no address of code. */
typedef int (*Handler)(int);

static int count_event(int event)
{
    return event + 1;
}

static Handler handlers[] = {count_event, count_event, count_event, count_event};

void overwrite(int event, unsigned long value)
{
    handlers[event] = (Handler)value;
}

int dispatch(int event)
{
    return handlers[event](event) + 1;
}
