"""The host in C, and with it that in C++, with which all are compared."""

import os

from _hosts import BUILD, HostTest, main


class InC(HostTest):
    command = [os.path.join(BUILD, "examples", "hosts", "referral_c")]


del HostTest

if __name__ == "__main__":
    main()
