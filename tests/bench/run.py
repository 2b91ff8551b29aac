#!/usr/bin/env python3
"""Builds the benchmarks, runs them, and prints each figure beside what it is measured against.

    python3 tests/bench/run.py             builds in build-bench/, runs everything (about two minutes)
    python3 tests/bench/run.py --no-build  runs what is there

Only ratios within one run mean anything: machines differ, and a busy one is slow by a factor of two.
"""
import argparse
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build-bench")
FLOWCHART = "tests/bench/flowchart.policy"


def build():
    subprocess.run(["cmake", "-S", ROOT, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=OFF",
                    "-DDULY_BUILD_BENCHMARKS=ON"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", BUILD, "--target", "duly", "duly_bench", "duly_counted"], check=True,
                   stdout=subprocess.DEVNULL)


def measure(repetitions):
    """Nanoseconds of processor time a case (or a run, where a benchmark has no cases): the median of the repetitions."""
    done = subprocess.run([os.path.join(BUILD, "tests/bench/duly_bench"), "--benchmark_format=json",
                           f"--benchmark_repetitions={repetitions}", "--benchmark_min_time=0.2",
                           "--benchmark_enable_random_interleaving=true"], check=True, capture_output=True, text=True)
    times = {}
    for row in json.loads(done.stdout)["benchmarks"]:
        if row.get("aggregate_name") != "median":
            continue
        name = row["run_name"].split("/repeats")[0]
        unit = {"ns": 1, "us": 1e3, "ms": 1e6}[row["time_unit"]]
        times[name] = 1e9 / row["items_per_second"] if "items_per_second" in row else row["cpu_time"] * unit
    return times


def resident():
    """What Derby takes, loaded and with its diagrams, over a program that does nothing: KiB."""
    done = subprocess.run([os.path.join(BUILD, "tests/bench/duly_counted"), "memory", "0"], check=True,
                          capture_output=True, text=True)
    return int(done.stdout)


def show(rows):
    width = max(len(row[0]) for row in rows)
    for what, found, target in rows:
        print(f"{what:{width}}  {found:>34}  {target}")


def time_of(nanoseconds):
    if nanoseconds < 1e3:
        return f"{nanoseconds:.0f} ns"
    return f"{nanoseconds / 1e3:.2f} µs" if nanoseconds < 1e6 else f"{nanoseconds / 1e6:.2f} ms"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--no-build", action="store_true")
    options.add_argument("--repetitions", type=int, default=5)
    given = options.parse_args()
    if not given.no_build:
        build()
    t = measure(given.repetitions)

    def ratio(a, b):
        return f"{time_of(t[a])} / {time_of(t[b])} = {t[a] / t[b]:.2f}"

    show([
        ("WHAT", "MEASURED", "TARGET"),
        ("flowchart, with reasons: Duly / by hand in C++", ratio("flowchart_duly", "flowchart_by_hand"), "at most 10"),
        ("flowchart, with reasons: Lua 5.4 / Duly", ratio("flowchart_lua", "flowchart_duly"), "at least 3"),
        ("Derby, all decisions and duties / flowchart", ratio("derby_whole", "flowchart_duly"), "at most 10"),
        ("5,000 rules that no case touches / none", ratio("irrelevant/5000", "irrelevant/0"), "at most 1.5"),
        ("Derby, ten facts unknown", time_of(t["derby_ten_unknown"]), "5 µs"),
        ("Derby, all outcome diagrams", time_of(t["derby_diagrams"]), "5 ms"),
        ("loading 500 rules", time_of(t["load/500"]), "3 ms"),
        ("loading 10,000 rules", time_of(t["load/10000"]), "80 ms"),
        ("flowchart, line to line / reading with simdjson", ratio("batch_flowchart_answer", "batch_flowchart_read"),
         "at most 1.6"),
        ("  / with simdjson On-Demand, which makes no tree",
         ratio("batch_flowchart_answer", "batch_flowchart_read_on_demand"), ""),
        ("Derby, line to line / reading with simdjson", ratio("batch_derby_answer", "batch_derby_read"), ""),
        ("  / with simdjson On-Demand", ratio("batch_derby_answer", "batch_derby_read_on_demand"), ""),
        ("memory: Derby loaded, with its diagrams", f"{resident()} KiB", "2,048 KiB"),
    ])
    return 0


if __name__ == "__main__":
    sys.exit(main())
