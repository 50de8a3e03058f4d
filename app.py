"""`python app.py`: settings → assistant → page; nothing else."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one place that an older Python reaches
    sys.exit(f"Found Python {sys.version.split()[0]}; the alliance assistant needs 3.11 or newer.")

from assistant.command_line import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
