/* The length of a chain, and a chain that has no end. */
struct Link {
    struct Link* next;
    int weight;
};

static struct Link ring[2] = {{&ring[1], 1}, {&ring[0], 2}};

int weight_of(const struct Link* link, int depth)
{
    volatile int path[60];
    path[depth % 60] = depth;
    if (!link) {
        return path[depth % 60];
    }
    return weight_of(link->next, depth + 1) + link->weight + path[(depth + 1) % 60];
}

int ring_weight(void)
{
    return weight_of(ring, 0);
}
