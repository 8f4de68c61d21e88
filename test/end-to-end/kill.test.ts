// The program killed at random moments of landing and running: whoever reads sees the old run or the new one, the next
// commands complete, and what they publish is what an undisturbed workspace publishes.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import type { Lake } from '../../src/lake/lake.js';
import { collectGarbage, usualGc } from '../../src/pipeline/gc.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { readCurrent } from '../../src/pipeline/publish/manifest.js';
import { stepFiles } from '../../src/pipeline/runner.js';
import { ended, Place, type StatusDocument } from './place.js';
import { digests, lakeOf, openEngine, unexplained } from './workspace.js';

const kills = Number(process.env.CARELAKE_TEST_KILLS ?? 12);
/** Each command with its share of the kills, in tenths. */
const kinds = { ingest: 4, run: 4, 'run --full': 2 } as const;
type Kind = keyof typeof kinds;

interface Stage {
  /** The folder of the stage, which each round copies. */
  readonly place: Place;
  /** Milliseconds that the command takes undisturbed, as far as is known: a busy machine may get quicker. */
  ms: number;
}

let home: Place;
let engine: Engine;
const stages = {} as Record<Kind, Stage>;
let oldRun: Record<string, string>;
let newRun: Record<string, string>;

/** Numbers from 0 to 1, the same in every run of the tests (Park and Miller, 1988). */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

async function copyOf(place: Place, name: string): Promise<Place> {
  const copy = new Place(join(home.path, name));
  await cp(place.path, copy.path, { recursive: true });
  return copy;
}

async function timed(place: Place, args: readonly string[]): Promise<number> {
  const started = performance.now();
  await place.json(args);
  return performance.now() - started;
}

beforeAll(async () => {
  home = await Place.make();
  engine = await openEngine(home);
  for (const [name, patients, seed] of [
    ['old', '400', '1'],
    ['new', '2000', '2'],
  ] as const) {
    await home.json(['generate', '--patients', patients, '--seed', seed, '--out', join(home.path, name)]);
  }
  const published = new Place(join(home.path, 'published'));
  await cp(join(home.path, 'old'), join(published.path, 'in'), { recursive: true });
  // Everything lands on one day, however close to midnight the tests run: no batch lands before the one ahead of it.
  const looking = await openEngine(home);
  await ingest(
    { paths: [join(published.path, 'in')] },
    { lake: lakeOf(published), lander: looking, clock: () => new Date('2031-01-01T12:00:00Z') },
  );
  await looking.close();
  await published.json(['run']);
  const landed = await copyOf(published, 'landed');
  const ingestMs = await timed(landed, ['ingest', join(home.path, 'new')]);
  const done = await copyOf(landed, 'done');
  const runMs = await timed(done, ['run']);
  stages.ingest = { place: published, ms: ingestMs };
  stages.run = { place: landed, ms: runMs };
  oldRun = await digests(lakeOf(published), engine);
  newRun = await digests(lakeOf(done), engine);
  stages['run --full'] = { place: done, ms: await timed(await copyOf(done, 'timed'), ['run', '--full']) };
});
afterAll(async () => {
  await engine?.close();
  await home.remove();
});

/** Looks at what is published, over and over, until told to stop; hands out the runs that it saw, or throws. */
function watch(lake: Lake): { stop(): Promise<Set<string>> } {
  let stopped = false;
  const watching = (async () => {
    const seen = new Set<string>();
    while (!stopped) {
      const current = await readCurrent(lake);
      for (const { step } of Object.values(current?.manifest.tables ?? {})) await stepFiles(lake, step);
      seen.add(current?.manifest.id ?? 'none');
      await pause(20);
    }
    return seen;
  })();
  return {
    stop() {
      stopped = true;
      return watching;
    },
  };
}

/** One kill at a share of the command's time, and what follows; says whether it met the program at work. */
async function round(kind: Kind, moment: number, name: string): Promise<boolean> {
  const { place: stage, ms } = stages[kind];
  const place = await copyOf(stage, name);
  const lake = lakeOf(place);
  const arrived = join(home.path, 'new');

  const reader = watch(lake);
  const started = performance.now();
  const child = place.start(kind === 'ingest' ? ['ingest', arrived] : kind.split(' '));
  const end = ended(child);
  await Promise.race([pause(moment * ms), end]);
  child.kill('SIGKILL');
  const { signal } = await end;
  if (signal !== 'SIGKILL') stages[kind].ms = Math.min(ms, performance.now() - started);

  const status = await place.json<StatusDocument>(['status']);
  expect(await reader.stop()).toContain(status.run?.id);
  const seen = await digests(lake, engine);
  if (kind === 'ingest') expect(seen).toEqual(oldRun);
  else if (kind === 'run --full') expect(seen).toEqual(newRun);
  else expect([oldRun, newRun]).toContainEqual(seen);

  if (kind === 'ingest') await place.json(['ingest', arrived]);
  await place.json(['run']);
  expect(await digests(lake, engine)).toEqual(newRun);
  await collectGarbage(lake, { ...usualGc, grace: 0, dry: false });
  expect(await unexplained(place)).toEqual([]);
  await place.remove();
  return signal === 'SIGKILL';
}

test.each(Object.entries(kinds) as [Kind, number][])(
  'kill -9 in %s leaves the old run or the new one, and costs nothing',
  async (kind, tenths) => {
    const rounds = Math.ceil((kills * tenths) / 10);
    const random = randoms(tenths + kind.length);
    let met = 0;
    for (let number = 0; number < rounds; number++) {
      // Spread over the time of the command, but for the first fifth, in which Node.js starts.
      const moment = 0.2 + (0.8 * (number + random())) / rounds;
      if (await round(kind, moment, `${kind.replace(' ', '')}-${number}`)) met += 1;
    }
    // That kills meet the program is what the times are for; how many do is up to the machine.
    expect(met).toBeGreaterThanOrEqual(Math.max(1, Math.floor(rounds / 4)));
  },
  600_000,
);
