// Lands the files that came by HTTP, one after the other and each once, whatever ends the process in between: who was told
// that a file is here finds it landed. What fails for no fault of the file is tried again.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { CarelakeError, type ErrorCode, isCoded } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { livenessOf, ownName } from '../../process-identity.js';
import type { Collection, Document } from '../../records/documents.js';
import type { Records } from '../../records/records.js';
import { failureText } from '../failure-text.js';
import { noteKeptBack, toldOf } from '../of-the-house.js';
import { inThisSpool } from './in-this-spool.js';
import { landedBefore, landedOf } from './landed-files.js';
import type { Landings } from './landing.js';
import { openSpool, type Spool, type Spooled } from './spool.js';
import { type Upload, type UploadBody, uploadCollection } from './upload.js';

export type Kept = Document<UploadBody>;

export interface UploadQueue {
  readonly spool: Spool;
  newId(): string;
  /**
   * From when this returns on, the file will land. Where this throws, it lands if the records have taken it all the same, and goes
   * if they have not.
   */
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
  /** By which the documents say what this queue lands. */
  let self: Promise<string> | undefined;
  /** Whether the records have taken these is not known. */
  const unsure = new Set<string>();
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
    const here = inThisSpool(collection, spool, lake);
    self ??= ownName();
    const owner = await self;
    for (const id of unsure) {
      if (!(await collection.get(id))) await spool.drop(id);
      unsure.delete(id);
    }
    // What bears this name is not under way: what had become of it could not be kept.
    await here.takeBack(async (other) => other === owner || (await livenessOf(other)) === 'dead');
    while (!isClosing) {
      const next = await here.first();
      if (!next) return;
      const { key, revision, body } = next;
      const attempts = body.attempts + 1;
      const claimed = await collection.replace(key, revision, { ...body, state: 'landing', owner, attempts });
      // Undefined where another process took it.
      if (claimed && !(await land(collection, claimed))) return;
    }
  }

  /** Whether the next one is to be tried. */
  async function land(collection: Collection<UploadBody>, kept: Kept): Promise<boolean> {
    const { key, revision, body } = kept;
    let after: Partial<Upload>;
    try {
      after = await landedFrom(spool.pathOf(key, body.file), body);
    } catch (error) {
      const isLost = isCoded(error, 'UPLOAD_LOST');
      const isOfFile = error instanceof CarelakeError && error.entry.status < 500;
      const isGivenUp = isLost || (!(error instanceof CarelakeError) && body.attempts >= mostAttempts);
      if (isLost || !(error instanceof CarelakeError)) report(failureText(error));
      else noteKeptBack(`Upload ${key}`, error, report);
      const shown = { ...body, error: shownError(error) };
      if (isOfFile || isGivenUp) {
        await finish(collection, kept, { ...shown, state: isOfFile ? 'refused' : 'failed' });
        return true;
      }
      await collection.replace(key, revision, { ...shown, state: 'waiting', owner: null });
      wake(key);
      again(Math.min(mostAgainMs, againMs * 2 ** (body.attempts - 1)));
      return false;
    }
    try {
      await finish(collection, kept, { ...body, ...after, state: 'landed' });
    } finally {
      // It is in the lake, whether or not that could be kept.
      landed(key);
    }
    return true;
  }

  async function landedFrom(path: string, body: UploadBody): Promise<Partial<Upload>> {
    if (existsSync(path)) return landedOf(lake, await landings.land(path, body.how, body.audit.by), body);
    const before = await landedBefore(lake, body.sha256);
    if (before) return before;
    throw new CarelakeError('UPLOAD_LOST', `${body.file} no longer lies where it waited to land.`);
  }

  async function finish(collection: Collection<UploadBody>, { key, revision }: Kept, body: UploadBody): Promise<void> {
    const done = { ...body, owner: null, finished_at: new Date().toISOString() };
    const kept = await collection.replace(key, revision, done);
    // Undefined where another server on this spool has taken it up meanwhile, and may be reading it.
    if (kept && body.state !== 'failed') await spool.drop(key);
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
    async add({ id, spool, name, bytes, sha256 }, { how, audit }) {
      const body: Upload = {
        ...{ file: name, bytes, sha256, spool, how, audit, received_at: new Date().toISOString(), state: 'waiting' },
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
      try {
        const kept = await (await uploads()).insert(id, body as UploadBody);
        if (!kept) throw new Error(`The upload ${id} is there already.`);
        return kept;
      } catch (error) {
        unsure.add(id);
        throw error;
      } finally {
        begin();
      }
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
      await inThisSpool(collection, spool, lake).takeBack(async (owner) => (await livenessOf(owner)) !== 'alive');
      const name = await spool.name();
      // Records that know nothing of this spool may be others than its own, as by a mistyped name of a database.
      const areItsOwn = name !== undefined && (await collection.count({ spool: name })) > 0;
      await spool.collect(async (id) => {
        const found = await collection.get(id);
        return found ? !['landed', 'refused'].includes(found.body.state) : !areItsOwn;
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

const shownError = (error: unknown): NonNullable<Upload['error']> =>
  error instanceof CarelakeError
    ? { code: error.code satisfies ErrorCode, message: toldOf(error), errors: error.faults }
    : { code: 'INTERNAL', message: 'The server has written down what happened.', errors: [] };
