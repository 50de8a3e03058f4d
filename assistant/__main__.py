"""Owns `python -m assistant`: the command line."""

from assistant.command_line import main

main()
