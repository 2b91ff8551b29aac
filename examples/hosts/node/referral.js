// What a referral portal does with Duly, in Node, through koffi: see README.md.
//
//   node referral.js POLICY CASE.json [FIELDS.json]
//
// The library is found as the system finds libraries, or where DULY_LIBRARY says.
"use strict";

const fs = require("fs");
const path = require("path");
const koffi = require("koffi");
const duly = require("./duly.js");

const sized = (text) => [Buffer.byteLength(text), text];
const print = (text) => process.stdout.write(`${text}\n`);

// Where policies come from: here, the policy's own folder.
function filesBeside(policy) {
  const load = (_context, found, nameSize, name, fromSize) => {
    let file = koffi.decode(name, koffi.array("char", Number(nameSize), "String"));
    if (Number(fromSize) > 0) file = path.join(path.dirname(policy), `${file}.policy`);
    if (!fs.existsSync(file)) return duly.OK;  // Duly then looks among its standard policies
    return duly.foundText(found, ...sized(file), ...sized(fs.readFileSync(file, "utf8")));
  };
  return { context: null, load: koffi.register(load, "duly_load_function *") };
}

function main(policyName, caseFile, fieldsFile) {
  const policy = duly.loadPolicy(...sized(policyName), filesBeside(policyName), 0);
  const facts = duly.createCase(policy);
  const decision = duly.createDecision(policy);
  duly.caseFromJson(facts, ...sized(fs.readFileSync(caseFile, "utf8")));
  duly.decide(facts, decision);

  const asked = duly.defaultDecision(policy);
  const status = duly.statusOf(decision, asked);
  const about = (subject) => duly.subjectAbout(policy, subject, koffi.sizeof("duly_subject_info"));
  print(about(asked).title.data);
  print(`${duly.STATUS[status]}: ${duly.says(decision, asked).data}`);
  if (status === duly.UNDECIDED) {
    print("To be asked:");
    for (let i = 0; i < duly.needCount(decision, asked); ++i) {
      const fact = duly.needAt(decision, asked, i);
      const info = duly.factAbout(policy, fact, koffi.sizeof("duly_fact_info"));
      print(`- ${info.ask.data || info.title.data} (${info.name.data})`);
      for (let j = 0; j < info.answers; ++j) {
        const answer = duly.factAnswer(policy, fact, j, koffi.sizeof("duly_answer"));
        print(`    ${answer.name.data}: ${answer.title.data}`);
      }
    }
    return 3;
  }
  print("Duties:");
  for (let i = 0; i < duly.subjectCount(policy, duly.ACTION); ++i) {
    const action = duly.subjectAt(policy, duly.ACTION, i);
    if (duly.dutyOf(decision, action) === 0) continue;
    const duty = duly.valueOf(decision, action, koffi.sizeof("duly_value")).text.data;
    const timing = duly.timingOf(decision, action).data;
    print(`- ${duty}: ${about(action).title.data}${timing ? `, ${timing}` : ""}`);
  }
  if (status !== duly.DECIDED) return 4;
  const all = { index: 0, policy: 0 };
  const record = fieldsFile === undefined
    ? duly.recordForm(decision, all, duly.JSON_FORMAT)
    : duly.completeRecord(decision, all, ...sized(fs.readFileSync(fieldsFile, "utf8")), duly.MARKDOWN, false);
  print(fieldsFile === undefined ? "To be filled in:" : "Record:");
  process.stdout.write(record.data);
  return 0;  // the process ends here; a server would call the `…_release` functions
}

if (process.argv.length < 4) {
  process.stderr.write("usage: node referral.js POLICY CASE.json [FIELDS.json]\n");
  process.exitCode = 2;
} else {
  try {
    process.exitCode = main(...process.argv.slice(2, 5));
  } catch (error) {
    if (!(error instanceof duly.DulyError)) throw error;
    process.stderr.write(error.message);
    process.exitCode = 1;
  }
}
