// Brings the rows of the published run to where one of them is found by its key at once: what changed since the run whose
// rows are there, or all where that run is not kept any more.
import { publishedBy } from '../../app.js';
import type { Engine } from '../../engine/engine.js';
import { isCoded } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { type Manifest, readCurrent, readManifest } from '../../pipeline/publish/manifest.js';
import { type RunRows, runRowTables } from '../../records/run-rows.js';
import { borrowed } from '../answer/borrowed.js';
import { changesBetween } from './changes.js';

export interface BringInOptions {
  readonly lake: Lake;
  readonly engine: Engine;
  readonly rows: RunRows;
  readonly signal: AbortSignal;
}

/** Safe to repeat and to break off. Does nothing where nothing is published or its rows are there. */
export async function bringInPublished({ lake, engine, rows, signal }: BringInOptions): Promise<void> {
  const manifest = (await readCurrent(lake))?.manifest;
  const from = await rows.whole();
  if (!manifest || from === manifest.id) return;
  const own = borrowed(lake);
  try {
    const needed = () => [...runRowTables];
    const now = await publishedBy(manifest, own.lake, needed);
    const before = from === undefined ? undefined : await kept(lake, from, manifest.versions.catalog);
    const then = before && (await publishedBy(before, own.lake, needed).catch(unlessCollected));
    const changes = changesBetween(engine, now, then, signal);
    await rows.bringIn({ run: manifest.id, from: then && from !== undefined ? from : null, changes });
  } finally {
    await own.giveBack();
  }
}

/** Undefined also where its rows may have other columns. */
async function kept(lake: Lake, run: string, catalog: string): Promise<Manifest | undefined> {
  const found = await readManifest(lake, run).catch(unlessCollected);
  return found?.versions.catalog === catalog ? found : undefined;
}

function unlessCollected(error: unknown): undefined {
  if (!isCoded(error, 'LAKE_NOT_FOUND')) throw error;
}
