// Lands the files that came by HTTP, one after the other and each once, whatever ends the process in between: who was told
// that a file is here finds it landed. What fails for no fault of the file is tried again.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { CarelakeError, type ErrorCode } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { readBatches } from '../../pipeline/batch.js';
import type { IngestResult } from '../../pipeline/land/report.js';
import { livenessOf, ownName } from '../../process-identity.js';
import type { Collection, Document } from '../../records/documents.js';
import type { Records } from '../../records/records.js';
import { failureText } from '../failure-text.js';
import type { Landings } from './landing.js';
import { openSpool, type Spool, type Spooled } from './spool.js';
import { type Upload, type UploadBody, uploadCollection } from './upload.js';

export type Kept = Document<UploadBody>;

export interface UploadQueue {
  readonly spool: Spool;
  newId(): string;
  /** From when this returns on, the file will land. */
  add(file: Spooled, upload: Pick<Upload, 'how' | 'audit'>): Promise<Kept>;
  /** @throws UPLOAD_NOT_FOUND */
  get(id: string): Promise<Kept>;
  /** The newest first. */
  list(asked: { readonly state?: Upload['state']; readonly after?: string; readonly limit: number }): Promise<Kept[]>;
  /** Once it has landed, is refused or failed; undefined where that takes longer than so many milliseconds. */
  settled(id: string, ms: number): Promise<Kept | undefined>;
  /** Nothing else lands meanwhile. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes up what another process has left. */
  start(): Promise<void>;
  /** Ends once what is landing has landed. */
  close(): Promise<void>;
}

export interface QueueParts {
  readonly lake: Lake;
  readonly landings: Landings;
  records(): Promise<Records>;
  /** Told of each file that has landed. */
  landed(id: string): void;
  report(text: string): void;
}

const againMs = 15_000;
const mostAgainMs = 600_000;
/** What nobody foresaw is tried so often: it may be the file. */
const mostAttempts = 5;

export function openUploadQueue({ lake, landings, records, landed, report }: QueueParts): UploadQueue {
  const spool = openSpool(landings.folder, landings.mostBytes);
  const waiters = new Map<string, Set<() => void>>();
  let last: Promise<unknown> = Promise.resolve();
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;

  const uploads = async (): Promise<Collection<UploadBody>> => (await records()).documents.collection(uploadCollection);

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function landNext(): Promise<void> {
    const collection = await uploads();
    while (!isClosing) {
      const [next] = await collection.list({ where: { state: 'waiting' }, limit: 1 });
      if (!next) return;
      const claim = {
        ...next.body,
        state: 'landing',
        owner: await ownName(),
        attempts: next.body.attempts + 1,
      } as const;
      const claimed = await collection.replace(next.key, next.revision, claim);
      // Undefined where another process took it.
      if (claimed && !(await land(collection, claimed))) return;
    }
  }

  /** Whether the next one is to be tried. */
  async function land(collection: Collection<UploadBody>, { key, revision, body }: Kept): Promise<boolean> {
    try {
      const path = spool.pathOf(key, body.file);
      // Of a backup, the file may have landed after the records were copied, and waits no more.
      const before = existsSync(path) ? undefined : await landedBefore(lake, body.sha256);
      const after = before ?? (await landedOf(lake, await landings.land(path, body.how, body.audit.by), body));
      await finish(collection, key, revision, { ...body, ...after, state: 'landed' });
      landed(key);
      return true;
    } catch (error) {
      const isOfFile = error instanceof CarelakeError && error.entry.status < 500;
      const isGivenUp = !(error instanceof CarelakeError) && body.attempts >= mostAttempts;
      if (!(error instanceof CarelakeError)) report(failureText(error));
      const shown = { ...body, error: shownError(error) };
      if (isOfFile || isGivenUp) {
        await finish(collection, key, revision, { ...shown, state: isOfFile ? 'refused' : 'failed' });
        return true;
      }
      await collection.replace(key, revision, { ...shown, state: 'waiting', owner: null });
      wake(key);
      again(Math.min(mostAgainMs, againMs * 2 ** (body.attempts - 1)));
      return false;
    }
  }

  async function finish(collection: Collection<UploadBody>, key: string, revision: number, body: UploadBody) {
    await collection.replace(key, revision, { ...body, owner: null, finished_at: new Date().toISOString() });
    if (body.state !== 'failed') await spool.drop(key);
    wake(key);
  }

  function wake(key: string): void {
    for (const told of waiters.get(key) ?? []) told();
    waiters.delete(key);
  }

  function again(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(begin, ms);
    timer.unref();
  }

  function begin(): void {
    if (isClosing) return;
    inTurn(landNext).catch((error) => {
      report(failureText(error));
      again(againMs);
    });
  }

  return {
    spool,
    // In the order of their arrival.
    newId: () => `${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(6).toString('hex')}`,
    inTurn,
    async add({ id, name, bytes, sha256 }, { how, audit }) {
      const body: Upload = {
        ...{ file: name, bytes, sha256, how, audit, received_at: new Date().toISOString(), state: 'waiting' },
        ...{
          owner: null,
          attempts: 0,
          finished_at: null,
          files: [],
          skipped: [],
          unread: {},
          warnings: [],
          error: null,
        },
      };
      const kept = await (await uploads()).insert(id, body as UploadBody);
      if (!kept) throw new Error(`The upload ${id} is there already.`);
      begin();
      return kept;
    },
    async get(id) {
      const found = await (await uploads()).get(id);
      if (found) return found;
      throw new CarelakeError('UPLOAD_NOT_FOUND', `There is no upload ${JSON.stringify(id.slice(0, 100))}.`);
    },
    async list({ state, after, limit }) {
      const where = state === undefined ? {} : { state };
      const place = after === undefined ? {} : { after };
      return (await uploads()).list({ where, ...place, descending: true, limit });
    },
    async settled(id, ms) {
      const told = new Promise<void>((resolve) => {
        const all = waiters.get(id) ?? new Set();
        waiters.set(id, all.add(resolve));
        setTimeout(resolve, ms).unref();
      });
      const isSettled = async () => {
        const found = await (await uploads()).get(id);
        return found && ['landed', 'refused', 'failed'].includes(found.body.state) ? found : undefined;
      };
      // It may have landed before this was asked.
      const found = await isSettled();
      if (found) return found;
      await told;
      return isSettled();
    },
    async start() {
      const collection = await uploads();
      for (;;) {
        const left: Kept[] = [];
        for (const one of await collection.list({ where: { state: 'landing' }, limit: 1000 })) {
          if ((await livenessOf(one.body.owner ?? '')) !== 'alive') left.push(one);
        }
        for (const { key, revision, body } of left) {
          await collection.replace(key, revision, { ...body, state: 'waiting', owner: null });
        }
        if (left.length < 1000) break;
      }
      await spool.collect(async (id) => {
        const found = await collection.get(id);
        return found !== undefined && !['landed', 'refused'].includes(found.body.state);
      });
      begin();
    },
    async close() {
      isClosing = true;
      clearTimeout(timer);
      await last;
    },
  };
}

/** Where an attempt was cut, a batch from after the arrival of the file is that attempt's, and nothing that was there before. */
async function landedOf(lake: Lake, result: IngestResult, { received_at: received, attempts }: Upload) {
  const batches = new Map((await readBatches(lake)).map((batch) => [batch.id, batch]));
  const files = result.batches.flatMap(({ id, files: own }) => {
    const batch = batches.get(id);
    return own.map(({ name, encoding, records, rejected, already_there }) => ({
      ...{ name, encoding, records, rejected, batch: id, sequence: batch?.sequence ?? 0 },
      already_there: already_there && (attempts === 1 || (batch?.landedAt ?? '') < received),
    }));
  });
  const { skipped, unread, warnings } = result;
  return { files, skipped, unread, warnings, error: null };
}

async function landedBefore(lake: Lake, sha256: string) {
  const files = (await readBatches(lake)).flatMap(({ id, sequence, files: own }) =>
    own
      .filter((file) => file.sha256 === sha256)
      .map(({ name, encoding, records, rejected }) => ({
        ...{ name, encoding, records, rejected, batch: id, sequence, already_there: false },
      })),
  );
  return files.length > 0 ? { files, error: null } : undefined;
}

const shownError = (error: unknown): NonNullable<Upload['error']> =>
  error instanceof CarelakeError
    ? { code: error.code satisfies ErrorCode, message: error.message, errors: error.faults }
    : { code: 'INTERNAL', message: 'The server has written down what happened.', errors: [] };
