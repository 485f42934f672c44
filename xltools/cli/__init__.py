"""The command line: `xltools COMMAND`.

A command's module opens, calls one function of the library and prints; everything heavy is imported inside the command.
"""

from xltools.cli.app import main

__all__ = ["main"]
