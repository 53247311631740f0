"""Runs the command that follows a file descriptor in its arguments, and writes to that what the process took: seconds, MiB.

It stands between, and imports nothing, because Linux counts to a process what its parent held in memory when it was started.
"""

import os
import sys
import time

if __name__ == "__main__":
    descriptor, command = int(sys.argv[1]), sys.argv[2:]
    os.set_inheritable(descriptor, False)
    started = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    os.write(descriptor, f"{seconds} {usage.ru_maxrss / 1024}".encode())
    sys.exit(1 if status else 0)
