// Whether the published run is whole, and accounts for every line.
import type { App } from '../app.js';
import { type Engine, rowsOf } from '../engine/engine.js';
import type { Lake } from '../lake/lake.js';
import { prove } from '../pipeline/accounting/account.js';
import { batchFiles } from '../pipeline/batch.js';
import { type Manifest, readCurrent } from '../pipeline/publish/manifest.js';
import { readStep, stepFiles, stepKey } from '../pipeline/runner.js';
import { failureText, type Verdict, verdictOn } from './finding.js';

const noRun: Verdict = { state: 'ok', detail: 'no run published yet' };

export async function publishedRun(app: App): Promise<Verdict> {
  const manifest = (await readCurrent(app.lake))?.manifest;
  if (!manifest) return noRun;
  const faults = [...(await missingBatches(app.lake, manifest)), ...(await missingFiles(app.lake, manifest))];
  // What is missing cannot be counted.
  if (faults.length === 0) faults.push(...(await wrongCounts(app.lake, await app.engine(), manifest)));
  const steps = Object.keys(manifest.steps).length;
  const tables = Object.keys(manifest.tables).length;
  return verdictOn(faults, `run ${manifest.id}: ${tables} tables with the rows that it says, ${steps} steps`);
}

/** Every step that the run rests on, though no table is made of it: lineage and rejects read them too. */
async function missingFiles(lake: Lake, { tables, steps }: Manifest): Promise<string[]> {
  const present = new Set<string>();
  for await (const { key } of lake.list('steps')) present.add(key);
  const wanted = new Map([
    ...Object.entries(steps).map(([name, hash]) => [hash, name] as const),
    ...Object.entries(tables).map(([name, { step }]) => [step, name] as const),
  ]);
  const faults: string[] = [];
  for (const [hash, name] of wanted) {
    const own = `${stepKey(hash)}/step.json`;
    const record = await readStep(lake, hash);
    const keys = record?.files.map((file) => `${stepKey(hash)}/${file}`) ?? [own];
    for (const key of keys) if (!present.has(key)) faults.push(`${name}: ${key} is missing`);
  }
  if (faults.length > 0) faults.push('carelake run --full makes them again');
  return faults;
}

/** Batches that the run was made of and that are gone: the next run would lose their records. */
async function missingBatches(lake: Lake, { batches }: Manifest): Promise<string[]> {
  const landed: string[] = [];
  for await (const key of batchFiles(lake)) landed.push(key);
  return batches
    .filter((id) => !landed.some((key) => key.endsWith(`-${id}/batch.json`)))
    .map((id) => `its batch ${id} is gone; restore it from a backup before the next run`);
}

async function wrongCounts(lake: Lake, engine: Engine, { tables }: Manifest): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, { step, rows }] of Object.entries(tables)) {
    try {
      const job = { name: `count ${name}`, sql: 'select count(*) as found from t' };
      const inputs = { t: await stepFiles(lake, step) };
      const [row] = await rowsOf<{ found: number | bigint }>(engine, { ...job, inputs });
      if (Number(row?.found) !== rows) faults.push(`${name} has ${row?.found} rows; the run wrote ${rows}`);
    } catch (error) {
      faults.push(`${name}: ${failureText(error)}`);
    }
  }
  return faults;
}

/** @throws ACCOUNT_OPEN naming every file that does not add up. */
export async function accountAddsUp({ lake }: App): Promise<Verdict> {
  const manifest = (await readCurrent(lake))?.manifest;
  if (!manifest) return noRun;
  prove(manifest.accounting);
  const lines = manifest.accounting.reduce((sum, file) => sum + (file.lines ?? 0), 0);
  return { state: 'ok', detail: `${lines} lines of ${manifest.accounting.length} files, each accounted for` };
}
