"""An ordinary abort in an interpreter that is recognised but not supported."""

import os

from truth import tell


def main():
    tell(), os.abort()


main()
