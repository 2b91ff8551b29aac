"""The commands of docs/scaling.md give the same bytes as one process. Exits with 77 where GNU parallel or MPI is not installed."""

import os
import shutil
import subprocess
import sys

from _docs import blocks
from _duly import DULY, POLICY, DulyTest, main

TOOLS = ("parallel", "mpirun")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
SCRIPTS = [text for language, text, _ in blocks("scaling.md") if language == "sh"]


def script(word):
    found = [text for text in SCRIPTS if word in text]
    assert len(found) == 1, word
    return found[0]


class Scaling(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("our.policy", POLICY.replace("policy visit", "policy our"))
        lines = []
        for number in range(4321):
            risk, allows = ("true", "false", "null")[number % 3], ("true", "false")[number // 3 % 2]
            line = f'{{"id": {number}, "facts": {{"home": {{"risk": {risk}, "dogs": {number % 10}}}, "manager.allows": {allows}}}}}'
            lines.append(line if number % 97 else ("", "{", '{"facts": {"home.rsk": true}}')[number % 3])
        self.lines = lines
        self.write("cases.jsonl", "\n".join(lines))  # no line end at the end
        self.write("share.sh", script("# share.sh"))
        os.symlink(os.path.abspath(DULY), os.path.join(self.folder, "duly"))
        code, self.one, _ = self.duly("batch", "our.policy", "cases.jsonl")
        self.assertEqual(code, 1)
        self.assertEqual(self.one.count("\n"), 4321)
        self.assertIn('"line":4269,', self.one)

    def shell(self, text, **environment):
        run = subprocess.run(["sh", "-c", text], cwd=self.folder, capture_output=True, timeout=120,
                             env={**os.environ, "PATH": self.folder + ":" + os.environ["PATH"], "HOME": self.folder,
                                  # Root in a container with few cores is no reason not to try.
                                  "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                                  "OMPI_MCA_rmaps_base_oversubscribe": "1", **environment})
        self.assertEqual(run.returncode, 0, run.stderr.decode())

    def decisions(self):
        with open(os.path.join(self.folder, "decisions.jsonl"), encoding="utf-8") as file:
            return file.read()

    def test_split(self):
        self.shell(script("for part in"))
        self.assertEqual(self.decisions(), self.one)

    def test_parallel(self):
        if "parallel" in MISSING:
            self.skipTest("GNU parallel is not installed")
        self.shell(script("parallel -k"))
        self.assertEqual(self.decisions(), self.one)
        # Without wrong lines, as a stream, in several parts.
        right = [line + "\n" for line in self.lines if line.startswith('{"id"')]
        self.write("cases.jsonl", "".join(right * 7))
        one, _ = self.expect(0, "batch", "our.policy", "cases.jsonl")
        self.assertGreater(os.path.getsize(os.path.join(self.folder, "cases.jsonl")), 2 << 20)
        self.shell(script("parallel --pipe"))
        self.assertEqual(self.decisions(), one)

    def test_mpi(self):
        if "mpirun" in MISSING:
            self.skipTest("MPI is not installed")
        self.shell(script("mpirun -np 2"))
        self.assertEqual(self.decisions(), self.one)
        self.assertTrue(os.path.exists(os.path.join(self.folder, "part.00001")))

    def test_shares_by_number(self):
        for number in "012":
            self.shell("sh share.sh our.policy cases.jsonl", SLURM_ARRAY_TASK_ID=number, SLURM_ARRAY_TASK_COUNT="3")
        self.shell("cat part.* > decisions.jsonl")
        self.assertEqual(self.decisions(), self.one)

    def test_more_shares_than_lines(self):
        self.write("cases.jsonl", '{"facts": {}}\n{"facts": {"home.dogs": 1}}\n')
        one, _ = self.expect(0, "batch", "our.policy", "cases.jsonl")
        for number in range(5):
            self.shell("sh share.sh our.policy cases.jsonl", AWS_BATCH_JOB_ARRAY_INDEX=str(number), SHARES="5")
        self.shell("cat part.* > decisions.jsonl")
        self.assertEqual(self.decisions(), one)

    def test_what_the_page_shows_of_answers(self):
        case, answer = [text for language, text, _ in blocks("scaling.md") if language == "json"]
        self.assertEqual(self.expect(0, "batch", "our.policy", text=case)[0], answer)


if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        if end.code or not MISSING:
            raise
    print("not installed: " + ", ".join(MISSING))
    sys.exit(77)
