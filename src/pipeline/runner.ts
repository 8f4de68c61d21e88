// Runs steps: what is stored under a step's hash is used again, the rest is made, each after its inputs.
import { type Bucket, bucketOf } from '../engine/bucket.js';
import { digest } from '../engine/digest.js';
import type { Engine } from '../engine/engine.js';
import { type RawInput, type Step, stepHash } from '../engine/step.js';
import { CarelakeError } from '../errors.js';
import { parseJson } from '../lake/json.js';
import type { Lake } from '../lake/lake.js';
import { inDependence } from './in-dependence.js';
import { placementOf } from './placement/choose.js';
import type { Making, Placement } from './placement.js';

/** steps/<hash>/step.json: written last, so that whoever finds it finds the Parquet files, whose names are below its folder. */
export interface StepRecord {
  readonly format: 1;
  readonly name: string;
  readonly hash: string;
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly string[];
  /** Of the bytes of each of `files`; not where an engine wrote them into the lake itself, nor in an earlier version. */
  readonly sha256?: readonly string[];
  /** What S3 tells the content of each of `files` by, where an engine wrote them there itself. */
  readonly etags?: readonly string[];
  readonly rows: number;
  readonly ms: number;
  readonly engine: string;
}

export interface StepResult {
  readonly name: string;
  readonly hash: string;
  readonly reused: boolean;
  /** What was stored under the hash was missing, damaged or different. */
  readonly replaced?: true;
  readonly rows: number;
  readonly ms: number;
}

export interface StepProgress {
  readonly done: number;
  readonly total: number;
  readonly name: string;
}

export interface RunnerOptions {
  readonly lake: Lake;
  readonly engine: Engine;
  /** Makes every step again, whatever is stored. */
  readonly full?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StepProgress) => void;
  /**
   * Asked before a step is stored; throws where the lock under which it was made is lost, since what an engine wrote into the
   * lake may have been collected since, in part.
   */
  readonly assertHeld?: () => Promise<void>;
}

export const stepKey = (hash: string): string => `steps/${hash}`;
const recordKey = (hash: string): string => `${stepKey(hash)}/step.json`;

/** Every step that these need, inputs first, each once. */
export function inOrder(wanted: readonly Step[]): Step[] {
  const ordered = new Map<string, Step>();
  const visit = (step: Step): void => {
    if (ordered.has(stepHash(step))) return;
    for (const input of inputSteps(step)) visit(input);
    ordered.set(stepHash(step), step);
  };
  for (const step of wanted) visit(step);
  return [...ordered.values()];
}

/** As many side by side as the engine likes; each once its inputs are there. */
export async function runSteps(wanted: readonly Step[], options: RunnerOptions): Promise<StepResult[]> {
  const { lake, engine, full, onProgress } = options;
  const steps = inOrder(wanted);
  const total = steps.length;
  let done = 0;
  // A hash may be that of several steps that are the same.
  const byHash = new Map(steps.map((step) => [stepHash(step), step]));
  const needs = (step: Step) => inputSteps(step).map((input) => byHash.get(stepHash(input)) as Step);
  const results = await inDependence(steps, needs, engine.capabilities.atOnce, async (step, failing) => {
    const signal = options.signal ? AbortSignal.any([options.signal, failing]) : failing;
    signal.throwIfAborted();
    onProgress?.({ done, total, name: step.name });
    const stored = full ? undefined : await readStep(lake, stepHash(step));
    const result = stored ? { ...summary(stored), reused: true } : await make(step, { ...options, signal });
    done += 1;
    return result;
  });
  onProgress?.({ done, total, name: 'done' });
  return results;
}

const inputSteps = (step: Step): Step[] =>
  Object.values(step.inputs)
    .flat()
    .filter((input) => input.kind === 'step');

export async function readStep(lake: Lake, hash: string): Promise<StepRecord | undefined> {
  const file = await lake.get(recordKey(hash));
  return file && parseJson<StepRecord>(recordKey(hash), file.body);
}

/** The keys of the Parquet files of a finished step. @throws LAKE_NOT_FOUND */
export async function stepKeys(lake: Lake, hash: string): Promise<string[]> {
  const record = await readStep(lake, hash);
  if (!record) throw new CarelakeError('LAKE_NOT_FOUND', `The lake has no finished step ${hash}.`);
  return record.files.map((file) => `${stepKey(hash)}/${file}`);
}

/** The Parquet files of a finished step, on this machine. */
export async function stepFiles(lake: Lake, hash: string): Promise<string[]> {
  return lake.checkout((await requireStep(lake, hash)).files.map((file) => `${stepKey(hash)}/${file}`));
}

/** The Parquet files of a finished step, where the engine of the steps reads them. */
export async function stepFilesFor(engine: Engine, lake: Lake, hash: string): Promise<string[]> {
  return (await storedFiles(lake, placementOf(lake, engine), hash)).map(({ path }) => path);
}

interface StoredFile {
  readonly path: string;
  /** The one whose rows it holds, and no others. */
  readonly bucket?: Bucket | undefined;
}

async function storedFiles(lake: Lake, placement: Placement, hash: string): Promise<StoredFile[]> {
  const { files } = await requireStep(lake, hash);
  const paths = await placement.open(files.map((file) => `${stepKey(hash)}/${file}`));
  // A copy from S3 may lie under any path of this machine: the key says which bucket it holds.
  return paths.map((path, index) => ({ path, bucket: bucketOf(files[index] ?? '') }));
}

async function requireStep(lake: Lake, hash: string): Promise<StepRecord> {
  const record = await readStep(lake, hash);
  if (record) return record;
  throw new CarelakeError('LAKE_NOT_FOUND', `The lake has no finished step ${hash}.`);
}

const summary = ({ name, hash, rows, ms }: StepRecord): Pick<StepResult, 'name' | 'hash' | 'rows' | 'ms'> => ({
  name,
  hash,
  rows,
  ms,
});

async function make(step: Step, { lake, engine, signal, full, assertHeld }: RunnerOptions): Promise<StepResult> {
  const hash = stepHash(step);
  const placement = placementOf(lake, engine);
  const started = performance.now();
  const found = await Promise.all(
    Object.entries(step.inputs).map(async ([name, sources]) => {
      return [name, (await Promise.all(sources.map((source) => filesOf(source, lake, placement)))).flat()] as const;
    }),
  );
  const inputs = Object.fromEntries(found.map(([name, files]) => [name, files.map(({ path }) => path)]));
  const stored = Object.fromEntries(
    found.flatMap(([, files]) => files.flatMap(({ path, bucket }) => (bucket ? [[path, bucket]] : []))),
  );
  return placement.making(stepKey(hash), async (made) => {
    const { rows } = await engine
      .materialize({
        name: step.name,
        sql: step.sql(engine.dialect),
        inputs,
        output: made.output,
        ...(step.cut && step.cut.count > 1 && { cut: { ...step.cut, stored } }),
        ...(signal && { signal }),
      })
      .finally(() => placement.release(Object.values(inputs).flat()));
    const files = await made.files();
    const hashes = await made.hashes(files);
    const record: StepRecord = {
      format: 1,
      name: step.name,
      hash,
      inputs: inputHashes(step),
      files,
      ...hashes,
      rows,
      ms: Math.round(performance.now() - started),
      engine: `${engine.name} ${engine.version}`,
    };
    await assertHeld?.();
    if (full && (await lake.get(recordKey(hash)))) {
      if (await isStored(made.paths(record.files), { lake, engine, hash })) {
        return { ...summary(record), reused: false };
      }
      await replaceStep(lake, made, record);
      return { ...summary(record), reused: false, replaced: true };
    }
    await made.finish(record.files, { name: 'step.json', body: JSON.stringify(record, null, 2) });
    return { ...summary(record), reused: false };
  });
}

/**
 * Stores the files in a folder of their own and then names them in one write: a reader finds the old output or the new one,
 * and whoever is reading the old files is not disturbed, which `gc` removes.
 */
async function replaceStep(lake: Lake, made: Making, record: StepRecord): Promise<void> {
  const files = await made.addBeside(record.files);
  await lake.put(recordKey(record.hash), JSON.stringify({ ...record, files } satisfies StepRecord, null, 2));
}

/**
 * Whether the content of these files is what is stored under the hash: that stays, so that whoever is reading it is not
 * disturbed. What is missing, damaged or different is to be replaced.
 */
async function isStored(
  made: readonly string[],
  { lake, engine, hash }: Pick<RunnerOptions, 'lake' | 'engine'> & { readonly hash: string },
): Promise<boolean> {
  const own = await digest(engine, made);
  try {
    return (await digest(engine, await stepFilesFor(engine, lake, hash))) === own;
  } catch (error) {
    if (error instanceof CarelakeError && unreadable.includes(error.code)) return false;
    throw error;
  }
}

/** Spark says of a page that is damaged no more than that it failed, at what it has just done to the new files. */
const unreadable: readonly string[] = ['LAKE_NOT_FOUND', 'LAKE_DAMAGED', 'ENGINE_FAILED'];

async function filesOf(source: RawInput | Step, lake: Lake, placement: Placement): Promise<StoredFile[]> {
  if (source.kind === 'step') return storedFiles(lake, placement, stepHash(source));
  return (await placement.open(source.keys)).map((path) => ({ path }));
}

const inputHashes = (step: Step): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(step.inputs).map(([name, sources]) => [
      name,
      sources.map((source) => (source.kind === 'raw' ? source.hash : stepHash(source))),
    ]),
  );
