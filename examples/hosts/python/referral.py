"""What a referral portal does with Duly, in Python alone, through ctypes: see README.md.

  referral.py POLICY CASE.json [FIELDS.json]

The library is found as the system finds libraries, or where DULY_LIBRARY says.
"""

import os
import sys
from ctypes import byref, c_void_p

import duly
from duly import Answer, FactInfo, Handle, SubjectInfo, Text, Value, filled


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files_beside(policy):
    """Where policies come from: here, the policy's own folder."""
    def load(_context, found, size, name, from_size, _from):
        path = name[:size].decode()
        if from_size:
            path = os.path.join(os.path.dirname(policy), path + ".policy")
        if not os.path.exists(path):
            return duly.OK  # Duly then looks among its standard policies
        text = read(path)
        return duly.found_text(found, len(path.encode()), path.encode(), len(text), text)
    return duly.Loader(None, duly.Load(load))


def main(policy_name, case_file, fields_file=None):
    policy, case, decision, text = c_void_p(), c_void_p(), c_void_p(), Text()
    duly.load_policy(len(policy_name.encode()), policy_name.encode(), files_beside(policy_name), 0, byref(policy))
    duly.create_case(policy, byref(case))
    duly.create_decision(policy, byref(decision))
    json = read(case_file)
    duly.case_from_json(case, len(json), json)
    duly.decide(case, decision)

    asked = duly.default_decision(policy)
    status = duly.status_of(decision, asked)
    print(filled(duly.subject_about, policy, asked, SubjectInfo()).title)
    print(f"{duly.STATUS[status]}: {filled(duly.says, decision, asked, Text(), sized=False)}")
    if status == duly.UNDECIDED:
        print("To be asked:")
        for fact in [duly.need_at(decision, asked, i) for i in range(duly.need_count(decision, asked))]:
            info = filled(duly.fact_about, policy, fact, FactInfo())
            print(f"- {info.ask if info.ask.size else info.title} ({info.name})")
            for i in range(info.answers):
                answer = filled(duly.fact_answer, policy, fact, i, Answer())
                print(f"    {answer.name}: {answer.title}")
        return 3
    print("Duties:")
    for action in [duly.subject_at(policy, duly.ACTION, i) for i in range(duly.subject_count(policy, duly.ACTION))]:
        if duly.duty_of(decision, action):
            duty = filled(duly.value_of, decision, action, Value()).text
            timing = str(filled(duly.timing_of, decision, action, text, sized=False))
            title = filled(duly.subject_about, policy, action, SubjectInfo()).title
            print(f"- {duty}: {title}{', ' + timing if timing else ''}")
    if status != duly.DECIDED:
        return 4
    if fields_file is None:
        duly.record_form(decision, Handle(), duly.JSON, byref(text))
    else:
        duly.complete_record(decision, Handle(), len(read(fields_file)), read(fields_file), duly.MARKDOWN, False, byref(text))
    print("To be filled in:" if fields_file is None else "Record:")
    print(text, end="")
    return 0  # the process ends here; a server would call the `…_release` functions


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: referral.py POLICY CASE.json [FIELDS.json]")
    try:
        sys.exit(main(*sys.argv[1:4]))
    except duly.DulyError as problem:
        sys.stderr.write(str(problem))
        sys.exit(1)
