// Reads the whole chain and finds what was done to it: a line that was changed, removed, put in or moved, and an end that is
// not the one that was noted down elsewhere.
import { setImmediate as others } from 'node:timers/promises';
import type { Collection } from '../documents.js';
import { emptyHead, type Head, hashed, keyOf, type LineBody } from './line.js';
import type { Seals } from './seal.js';

export interface AuditFault {
  /** The line, or the first of the lines, that are not as they were written. */
  readonly line: number;
  readonly kind: 'changed' | 'removed' | 'inserted' | 'moved' | 'unlinked' | 'unsealed' | 'key' | 'anchor';
  readonly message: string;
}

/** A line and its hash as they were noted down where the writer of the chain could not reach them. */
export type Anchor = Pick<Head, 'sequence' | 'hash'>;

export interface Verification {
  readonly lines: number;
  readonly head: Head;
  /** From which line on they are sealed with a key; null where none is. */
  readonly sealed_from: number | null;
  /** The first ones. */
  readonly faults: readonly AuditFault[];
  readonly fault_count: number;
}

export interface VerifyOptions {
  readonly anchors?: readonly Anchor[];
  readonly onProgress?: (lines: number) => void;
  readonly signal?: AbortSignal;
}

const pageSize = 1000;
const mostFaults = 100;
const fields = new Set<string>([...hashed, 'hash']);

export async function verifyChain(
  lines: Collection<LineBody>,
  seals: Seals,
  { anchors = [], onProgress, signal }: VerifyOptions = {},
): Promise<Verification> {
  const faults: AuditFault[] = [];
  let count = 0;
  let faultCount = 0;
  let sealedFrom: number | null = null;
  /** The end of what was read; its hash is undefined after a fault, of which the next line's link says nothing new. */
  let end: Head = emptyHead;
  let link: string | undefined = emptyHead.hash;
  const open = new Map(anchors.map((anchor) => [anchor.sequence, anchor]));
  const fault = (line: number, kind: AuditFault['kind'], message: string): void => {
    faultCount += 1;
    if (faults.length < mostFaults) faults.push({ line, kind, message });
  };

  function read(key: string, line: LineBody): void {
    const expected = end.sequence + 1;
    const place = Number(key);
    if (!Number.isSafeInteger(place) || keyOf(place) !== key) {
      fault(expected, 'inserted', `Something that is no line stands before line ${expected}.`);
      return;
    }
    if (place > expected) {
      const which = place === expected + 1 ? `Line ${expected} is` : `Lines ${expected} to ${place - 1} are`;
      fault(expected, 'removed', `${which} missing.`);
      link = undefined;
    }
    const isWhole = judge(place, line);
    if (isWhole && link !== undefined && line.previous !== link) {
      const before = place === 1 ? 'nothing' : `line ${place - 1}`;
      fault(place, 'unlinked', `Line ${place} does not follow ${before} as it is now: lines before it were replaced.`);
    }
    const anchor = open.get(place);
    if (anchor) {
      open.delete(place);
      if (anchor.hash !== line.hash) fault(place, 'anchor', `Line ${place} is not the one that was noted down.`);
    }
    if (line.seal !== null) sealedFrom ??= place;
    else if (sealedFrom !== null) fault(place, 'unsealed', `Line ${place} is not sealed, though lines before it are.`);
    link = isWhole ? line.hash : undefined;
    end = { sequence: place, hash: String(line.hash), at: String(line.at) };
    count += 1;
  }

  /** Whether the line is as it was written. */
  function judge(place: number, line: LineBody): boolean {
    if (line.sequence !== place) {
      fault(place, 'moved', `In the place of line ${place} stands line ${line.sequence}.`);
      return false;
    }
    const hash = seals.hash(line);
    if (hash === undefined) {
      fault(place, 'key', `Line ${place} is sealed with the key ${line.seal}, which is not at hand.`);
      return true;
    }
    const isSame = hash === line.hash && Object.keys(line).every((name) => fields.has(name));
    if (!isSame) fault(place, 'changed', `Line ${place} was changed after it had been written.`);
    return isSame;
  }

  for (let after = ''; ; ) {
    signal?.throwIfAborted();
    const page = await lines.list({ after, limit: pageSize });
    for (const { key, body } of page) read(key, body);
    onProgress?.(count);
    if (page.length < pageSize) break;
    await others();
    after = page.at(-1)?.key ?? after;
  }
  for (const { sequence } of open.values()) {
    fault(sequence, 'anchor', `Line ${sequence} was noted down, and the log ends with line ${end.sequence}.`);
  }
  if (seals.own !== null && count > 0 && sealedFrom === null) {
    const why = 'Either the key is new and nothing was written since, or the log was made anew without it.';
    fault(end.sequence, 'unsealed', `There is a key, and no line is sealed with one. ${why}`);
  }
  return { lines: count, head: end, sealed_from: sealedFrom, faults, fault_count: faultCount };
}
