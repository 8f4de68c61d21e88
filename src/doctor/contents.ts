// Whether the files of the lake still hold the bytes that were written: those of the published run, and those that came in.
import type { App } from '../app.js';
import type { Lake } from '../lake/lake.js';
import { hashOf } from '../pipeline/file-hash.js';
import { readCurrent } from '../pipeline/publish/manifest.js';
import { readStep, stepKey } from '../pipeline/runner.js';
import { failureText, type Verdict, verdictOn } from './finding.js';
import { sizeText } from './size.js';

/** Reads every one of them; what is missing is found by other checks too, and is a fault here as well. */
export async function contentsUnchanged({ lake }: App): Promise<Verdict> {
  const { expected, without } = await ofThePublishedRun(lake);
  for await (const { key } of lake.list('raw/files')) {
    const [, , sha256] = key.split('/');
    if (sha256) expected.set(key, sha256);
  }
  const faults: string[] = [];
  let bytes = 0;
  for (const [key, sha256] of expected) {
    try {
      const content = await lake.read(key);
      content.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      if ((await hashOf(content)) !== sha256) faults.push(`${key} is not what was written`);
    } catch (error) {
      faults.push(`${key}: ${failureText(error)}`);
    }
  }
  if (faults.some((fault) => fault.startsWith('steps/'))) faults.push('carelake run --full makes steps again');
  if (without > 0 && faults.length === 0) {
    const detail = `${without} steps keep no hash of their files: an earlier version made them, or Spark in S3`;
    return { state: 'unknown', detail };
  }
  return verdictOn(faults, `${expected.size} files hold what was written: ${sizeText(bytes)}`);
}

/** The hash of every file that the published run rests on, by its key, and how many steps keep none. */
async function ofThePublishedRun(lake: Lake) {
  const expected = new Map<string, string>();
  let without = 0;
  const manifest = (await readCurrent(lake))?.manifest;
  for (const hash of new Set(Object.values(manifest?.steps ?? {}))) {
    const { files = [], sha256 } = (await readStep(lake, hash)) ?? {};
    if (!sha256) without += 1;
    for (const [index, file] of files.entries()) {
      const known = sha256?.[index];
      if (known) expected.set(`${stepKey(hash)}/${file}`, known);
    }
  }
  return { expected, without };
}
