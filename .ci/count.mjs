// Reads Vitest's JSON report and prints `<passed> <failed>`; says on stderr what failed, or was skipped and must not be.
// A test may be skipped only where it says so of ../shared/data, and that folder is absent.
import { existsSync, readFileSync } from 'node:fs';

const [report, data] = process.argv.slice(2);
const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
const dataIsAbsent = !existsSync(data);
let passed = 0;
let failed = 0;

for (const { name: file, status, message, assertionResults } of testResults) {
  if (status === 'failed' && assertionResults.length === 0) {
    failed++;
    console.error(`failed: ${file}: ${message}`);
  }
  for (const { status, fullName } of assertionResults) {
    if (status === 'passed') passed++;
    else if (status === 'failed' || !dataIsAbsent || !(fullName.includes('shared/data') || fullName.includes(data))) {
      failed++;
      console.error(`${status}: ${file}: ${fullName}`);
    }
  }
}
process.stdout.write(`${passed} ${failed}\n`);
