// How long after a patient was typed the analytics count them, on the data of the demo: see bench/README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { carelake, startCarelake } from './servers.mjs';

const folder = mkdtempSync(join(tmpdir(), 'carelake-seconds-'));
const rounds = 5;
/** As it comes. */
const runAfter = '1';

try {
  await carelake(['demo', '--no-serve', '--no-train', '--data', folder]);
  const server = await startCarelake('carelake', folder, { CARELAKE_RUN_AFTER: runAfter });
  try {
    const counted = async () => {
      const answer = await fetch(`${server.url}/api/get-analytics`);
      // A machine that has too much to do counts late, too.
      if (answer.status === 503) return 0;
      const { analytics } = await answer.json();
      return analytics.gender_distribution.reduce((sum, { count }) => sum + count, 0);
    };
    const took = [];
    let before = 0;
    while (before === 0) before = await counted();
    for (let round = 1; round <= rounds; round++) {
      const start = performance.now();
      const answer = await fetch(`${server.url}/api/patient`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ patient_id: `typed-${round}`, name: 'Ann Example', age: 65, gender: 'Female' }),
      });
      if (answer.status !== 201) throw new Error(`The patient was not taken: ${await answer.text()}`);
      const answered = performance.now() - start;
      while ((await counted()) < before + round) await pause(50);
      took.push((performance.now() - start) / 1000);
      process.stdout.write(`answered after ${answered.toFixed(0)} ms, counted after ${took.at(-1).toFixed(2)} s\n`);
    }
    took.sort((a, b) => a - b);
    const [load] = loadavg();
    process.stdout.write(
      `${before} patients; median ${took[Math.floor(rounds / 2)].toFixed(2)} s; load ${load.toFixed(1)}\n`,
    );
  } finally {
    await server.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
