#!/usr/bin/env python3
"""Makes cases of a policy for `duly batch`, one a line: each fact that an interview can ask for, at random.

    DULY=build/duly tests/bench/make_cases.py POLICY COUNT [--unknown SHARE] [--seed N] > cases.jsonl

The same arguments give the same cases. It learns the facts from `duly batch` itself: many interviews at once, each
answered at random until nothing is asked any more. Of facts that duties alone wait for, those that are yes or no."""

import argparse
import json
import os
import random
import subprocess
import sys

DULY = os.environ.get("DULY", "build/duly")
INTERVIEWS = 300
ALTERNATIVES = 64  # values of a number or a set among which cases choose


def batch(policy, cases, *options):
    text = "".join(json.dumps({"facts": case}) + "\n" for case in cases)
    run = subprocess.run([DULY, "batch", policy, *options], input=text, capture_output=True, text=True, check=False)
    if run.returncode > 1:
        sys.exit(run.stderr)
    return [json.loads(answer) for answer in run.stdout.splitlines()]


def asked_for(policy):
    """The questions of the policy, by fact, in the order in which they came up."""
    questions = {}
    needed = {}
    cases = [{} for _ in range(INTERVIEWS)]
    while cases:
        open_cases = []
        for case, answer in zip(cases, batch(policy, cases, "--format", "full")):
            if "error" in answer:
                sys.exit(answer["error"]["message"])
            for duty in answer["duties"]:
                needed.update(dict.fromkeys(duty.get("needs", [])))
            question = answer["next_question"]
            if question is not None:
                questions.setdefault(question["fact"], question)
                case[question["fact"]] = random_value(question)
                open_cases.append(case)
        cases = open_cases
    # What duties alone wait for is not asked; what takes `true` is a yes or a no.
    others = [fact for fact in needed if fact not in questions]
    for fact, answer in zip(others, batch(policy, [{fact: True} for fact in others])):
        if "error" not in answer:
            questions[fact] = {"type": "yes/no", "answers": [{"value": True}, {"value": False}]}
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
