"""The host in Node, with koffi, which npm fetches into the build folder."""

import filecmp
import os
import shutil
import subprocess

from _hosts import BUILD, HOSTS, LIBRARY, HostTest, main, skip

FOLDER = os.path.join(BUILD, "hosts-node")


class InNode(HostTest):
    command = ["node", os.path.join(FOLDER, "referral.js")]


del HostTest


def prepare():
    """Copies the host into the build folder, and fetches what it needs where that has changed."""
    locks = [os.path.join(folder, "package-lock.json") for folder in (os.path.join(HOSTS, "node"), FOLDER)]
    fetched = os.path.exists(locks[1]) and filecmp.cmp(*locks) and os.path.isdir(os.path.join(FOLDER, "node_modules", "koffi"))
    shutil.copytree(os.path.join(HOSTS, "node"), FOLDER, dirs_exist_ok=True)
    if fetched:
        return
    npm = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER, capture_output=True,
                         timeout=120)
    if npm.returncode != 0:
        shutil.rmtree(os.path.join(FOLDER, "node_modules"), ignore_errors=True)
        skip("npm cannot fetch koffi here: " + npm.stderr.decode()[-300:])


if __name__ == "__main__":
    if not LIBRARY:
        skip("this build has no shared library that Node could load")
    if not shutil.which("node") or not shutil.which("npm"):
        skip("node and npm are not installed")
    prepare()
    main()
