// Whether the files of the lake still hold the bytes that were written: those of the published run, and those that came in.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { App } from '../app.js';
import type { Lake } from '../lake/lake.js';
import { readCurrent } from '../pipeline/publish/manifest.js';
import { readStep, stepKey } from '../pipeline/runner.js';
import { failureText, type Verdict, verdictOn } from './finding.js';
import { sizeText } from './size.js';

/** By what a file is known again: the hash of its bytes, or the tag that S3 gave it when Spark wrote it there. */
type Known = { readonly sha256: string } | { readonly etag: string };

type State = 'proved' | 'told' | 'unknown' | 'changed';

/** Reads every one of them; what is missing is found by other checks too, and is a fault here as well. */
export async function contentsUnchanged({ lake }: App): Promise<Verdict> {
  const { expected, without } = await ofThePublishedRun(lake);
  for await (const { key } of lake.list('raw/files')) {
    const [, , sha256] = key.split('/');
    if (sha256) expected.set(key, { sha256 });
  }
  const faults: string[] = [];
  const count: Record<State, number> = { proved: 0, told: 0, unknown: 0, changed: 0 };
  let bytes = 0;
  for (const [key, known] of expected) {
    try {
      const found = await look(lake, key, known);
      bytes += found.bytes;
      count[found.state] += 1;
      if (found.state === 'changed') faults.push(`${key} is not what was written`);
    } catch (error) {
      faults.push(`${key}: ${failureText(error)}`);
    }
  }
  if (faults.some((fault) => fault.startsWith('steps/'))) faults.push('carelake run --full makes steps again');
  if (without + count.unknown > 0 && faults.length === 0) {
    const why = without > 0 ? `${without} steps keep no hash of their files: an earlier version made them` : '';
    const elsewhere = count.unknown > 0 ? `${count.unknown} files are known by the ETag alone that they had in S3` : '';
    return { state: 'unknown', detail: [why, elsewhere].filter(Boolean).join('; ') };
  }
  const word = count.told > 0 ? `; of ${count.told} of them S3 alone says so, by their ETag` : '';
  return verdictOn(faults, `${expected.size} files hold what was written: ${sizeText(bytes)}${word}`);
}

/**
 * `told`: its bytes prove nothing, and S3 says that it is the same. S3 has no hash of what was sent in parts or lies under a key
 * of KMS; nor does anybody where the lake is a copy that lies elsewhere now.
 */
async function look(lake: Lake, key: string, known: Known): Promise<{ bytes: number; state: State }> {
  if ('sha256' in known) {
    const { hash, bytes } = await hashed('sha256', await lake.read(key));
    return { bytes, state: hash === known.sha256 ? 'proved' : 'changed' };
  }
  const { etag, md5, content } = (await lake.direct?.open(key)) ?? { content: await lake.read(key) };
  const { hash, bytes } = await hashed('md5', content);
  if (bare(known.etag) === hash) return { bytes, state: 'proved' };
  if (etag === undefined) return { bytes, state: 'unknown' };
  return { bytes, state: bare(etag) === bare(known.etag) && (md5 ?? hash) === hash ? 'told' : 'changed' };
}

const bare = (etag: string): string => etag.replaceAll('"', '');

async function hashed(algorithm: 'sha256' | 'md5', content: Readable): Promise<{ hash: string; bytes: number }> {
  const hash = createHash(algorithm);
  let bytes = 0;
  content.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await pipeline(content, hash);
  return { hash: hash.digest('hex'), bytes };
}

/** What every file that the published run rests on is known by, by its key, and how many steps keep nothing of the kind. */
async function ofThePublishedRun(lake: Lake) {
  const expected = new Map<string, Known>();
  let without = 0;
  const manifest = (await readCurrent(lake))?.manifest;
  for (const hash of new Set(Object.values(manifest?.steps ?? {}))) {
    const { files = [], sha256, etags } = (await readStep(lake, hash)) ?? {};
    if (!sha256 && !etags) without += 1;
    for (const [index, file] of files.entries()) {
      const key = `${stepKey(hash)}/${file}`;
      const [own, tag] = [sha256?.[index], etags?.[index]];
      if (own) expected.set(key, { sha256: own });
      else if (tag) expected.set(key, { etag: tag });
    }
  }
  return { expected, without };
}
