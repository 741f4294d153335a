/* Visits a tree and calls back at every node; a copy of the node is on the stack. */
#include <string.h>

int visit(int (*callback)(int), int node)
{
    char copy[170 * 1024];
    memset(copy, node, sizeof copy);
    __asm__ volatile("" : : "r"(copy) : "memory");
    return callback(node + 1) + copy[node];
}
