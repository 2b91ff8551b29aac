"""The host in Python: the shared library and Python's own ctypes, nothing else."""

import os
import sys

from _hosts import HOSTS, LIBRARY, HostTest, main, skip


class InPython(HostTest):
    command = [sys.executable, "-S", os.path.join(HOSTS, "python", "referral.py")]


del HostTest

if __name__ == "__main__":
    if not LIBRARY:
        skip("this build has no shared library that Python could load")
    main()
