#!/usr/bin/env python3
"""Generates cases for `duly batch`: for each line, facts at random, from one seed.

    tests/bench/make_cases.py POLICY COUNT [--unknown SHARE] [--seed N] > cases.jsonl

The same numbers give the same lines. The facts and their values come from the interview's questions of the policy, which
`duly` (or the program named by DULY) is asked for."""

