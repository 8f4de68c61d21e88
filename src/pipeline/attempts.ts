// Attempts at steps whose files no step names: a crash left them, or a full run made the step anew.
import type { Lake } from '../lake/lake.js';
import { readStep, stepKey } from './runner.js';

interface Attempt {
  readonly keys: string[];
  bytes: number;
  youngest: number;
}

/**
 * Of these steps the attempts that are wholly older than the grace time, in milliseconds. A step is asked which files it has
 * only where there is more than one folder of them.
 */
export async function unnamedAttempts(lake: Lake, steps: ReadonlySet<string>, grace: number): Promise<Attempt[]> {
  const found = new Map<string, Map<string, Attempt>>();
  for await (const { key, bytes, modified } of lake.list('steps')) {
    const [, hash = '', ...path] = key.split('/');
    if (!steps.has(hash) || path[0] === 'step.json') continue;
    const attempts = found.get(hash) ?? new Map<string, Attempt>();
    const name = attemptOf(path);
    const attempt = attempts.get(name) ?? { keys: [], bytes: 0, youngest: 0 };
    attempt.keys.push(key);
    attempt.bytes += bytes;
    attempt.youngest = Math.max(attempt.youngest, modified.getTime());
    found.set(hash, attempts.set(name, attempt));
  }
  const unnamed: Attempt[] = [];
  for (const [hash, attempts] of found) {
    if (attempts.size < 2) continue;
    const named = new Set((await readStep(lake, hash))?.files.map((file) => `${stepKey(hash)}/${file}`));
    for (const attempt of attempts.values()) {
      if (Date.now() - attempt.youngest < grace || attempt.keys.some((key) => named.has(key))) continue;
      unnamed.push(attempt);
    }
  }
  return unnamed;
}

/** Its folder, or none for what was committed from this machine, which lies in the folder of the step or in those of buckets. */
function attemptOf([first = '', ...more]: readonly string[]): string {
  return more.length === 0 || first.includes('=') ? '' : first;
}
