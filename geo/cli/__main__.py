"""``python -m geo.cli`` is ``border-incidents``."""

import sys

from geo.cli import main

if __name__ == "__main__":
    sys.exit(main())
