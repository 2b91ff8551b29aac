#!/usr/bin/env python3
"""Makes cases of a policy for `duly batch`, one a line: each fact that an interview can ask for, at random.

    DULY=build/duly tests/bench/make_cases.py POLICY COUNT [--unknown SHARE] [--seed N] > cases.jsonl

The same arguments give the same cases. It learns the facts from `duly batch` itself: many interviews at once, each
answered at random until nothing is asked any more."""

import argparse
import json
import os
import random
import subprocess
import sys

DULY = os.environ.get("DULY", "build/duly")
INTERVIEWS = 300
ALTERNATIVES = 64  # values of a number or a set among which cases choose


def asked_for(policy):
    """The questions of the policy, by fact, in the order in which they came up."""
    questions = {}
    cases = [{} for _ in range(INTERVIEWS)]
    while cases:
        text = "".join(json.dumps({"facts": case}) + "\n" for case in cases)
        answers = subprocess.run([DULY, "batch", policy, "--format", "full"], input=text, stdout=subprocess.PIPE,
                                 check=True, text=True).stdout.splitlines()
        open_cases = []
        for case, answer in zip(cases, answers):
            question = json.loads(answer)["next_question"]
            if question is None:
                continue
            questions.setdefault(question["fact"], question)
            case[question["fact"]] = random_value(question)
            open_cases.append(case)
        cases = open_cases
    return questions


def random_value(question):
    kind = question["type"]
    values = [answer["value"] for answer in question["answers"] or []]
    if kind == "set":
        return [value for value in values if random.random() < 0.3]
    if kind == "number":
        return random.randint(question.get("from", 0), question.get("to", 1000))
    if kind == "date":
        return f"20{random.randint(0, 25):02}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    if kind == "text":
        return "As it was told."
    return random.choice(values)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("policy")
    parser.add_argument("count", type=int)
    parser.add_argument("--unknown", type=float, default=0, help="the share of facts that are left out")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random.seed(given.seed)

    columns = []
    for fact, question in asked_for(given.policy).items():
        columns.append([f"{json.dumps(fact)}:{json.dumps(random_value(question))}" for _ in range(ALTERNATIVES)])
    for number in range(given.count):
        facts = [random.choice(column) for column in columns if not given.unknown or random.random() >= given.unknown]
        sys.stdout.write(f'{{"id":{number},"facts":{{{",".join(facts)}}}}}\n')


if __name__ == "__main__":
    main()
