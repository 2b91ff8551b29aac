"""A program in a terminal of its own (a pseudo-terminal), for tests of what a person sees and types."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time


class Screen:
    def __init__(self, command, folder, term="xterm", rows=24, columns=80):
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._theirs = theirs
        self._before = termios.tcgetattr(theirs)
        environment = {**os.environ, "TERM": term, "LC_ALL": "C.UTF-8"}
        environment.pop("NO_COLOR", None)
        self._process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
                                         start_new_session=True, preexec_fn=self._own_terminal)
        self.text = ""  # all that was shown
        self._read_up_to = 0

    def _own_terminal(self):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches it as a signal

    def _take(self, seconds):
        ready, _, _ = select.select([self._mine], [], [], seconds)
        if not ready:
            return False
        try:
            self.text += os.read(self._mine, 65536).decode(errors="replace")
        except OSError:
            return False
        return True

    def wait_for(self, words, seconds=20):
        """Until the words are shown, after all that was waited for before."""
        end = time.monotonic() + seconds
        while words not in self.text[self._read_up_to:]:
            if time.monotonic() > end:
                raise AssertionError(f"{words!r} is not shown:\n{self.text}")
            self._take(0.1)
        self._read_up_to = self.text.index(words, self._read_up_to) + len(words)

    def type(self, keys):
        # Where the program has not yet made the terminal ready, it would see the keys in another way.
        time.sleep(0.15)
        while self._take(0):
            pass
        os.write(self._mine, keys.encode())

    def signal(self, number):
        time.sleep(0.15)
        self._process.send_signal(number)

    def exit_code(self, seconds=20):
        end = time.monotonic() + seconds
        while self._process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"it does not end:\n{self.text}")
            self._take(0.1)
        while self._take(0):
            pass
        return self._process.returncode

    def is_as_it_was(self):
        """The terminal's settings are those of before."""
        return termios.tcgetattr(self._theirs) == self._before

    def close(self):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._mine)
        os.close(self._theirs)
