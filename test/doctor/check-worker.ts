// Checks the workspace of a data folder and prints what it found: `check-worker.ts <data>`.
import { check } from '../../src/doctor/check.js';
import { openAt } from './workspace.js';

const app = await openAt(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(await check(app)));
await app.close();
