"""Endless recursion through C and Python in turn, until the main thread's stack is used up."""

import ctypes
import sys

from truth import tell

tree = ctypes.CDLL("/case/tree.so")
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
sys.setrecursionlimit(100_000)


@Callback
def on_node(node):
    return (tell(), tree.visit(on_node, node))[1]


tree.visit(on_node, 0)
