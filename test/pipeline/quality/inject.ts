// Injects kinds of defects into a clean hospital, runs the pipeline on what comes out, and says what the checks found.
import { readFailingRows } from '../../../src/pipeline/quality/failing.js';
import { openWorkspace } from '../harness.js';
import { type Hospital, lineOf, type Rec, type Table, tables } from './hospital.js';
import type { DefectKind, Surroundings } from './kind.js';

export interface Outcome {
  /** check → rows that fail it. */
  readonly failed: ReadonlyMap<string, number>;
  /** check → the records that fail it; a line that is none of a record stands for itself. */
  readonly found: ReadonlyMap<string, ReadonlySet<Rec | string>>;
  /** kind → the records that are wrong by it. */
  readonly injected: ReadonlyMap<string, ReadonlySet<Rec | string>>;
}

/** A table's lines, each with the record that it is. */
type Written = Readonly<Record<Table, readonly { readonly line: string; readonly rec: Rec }[]>>;

export function around(hospital: Hospital): Surroundings {
  const history = new Map<string, Rec[]>();
  for (const visit of [...hospital.visits].sort((a, b) => ((a.visit_date ?? '') < (b.visit_date ?? '') ? -1 : 1))) {
    const id = visit.patient_id ?? '';
    history.set(id, [...(history.get(id) ?? []), visit]);
  }
  return {
    hospital,
    patients: new Map(hospital.patients.map((rec) => [rec.patient_id ?? '', rec])),
    visits: new Map(hospital.visits.map((rec) => [rec.visit_id ?? '', rec])),
    history,
  };
}

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * What the checks find where these kinds were injected: each into this share of the records that it may strike, at least
 * one, and never two into what belongs to one patient. Of no kinds: what they find in the clean hospital.
 */
export async function outcomeOf(
  surroundings: Surroundings,
  kinds: readonly DefectKind[],
  rate: number,
  {
    most = Number.POSITIVE_INFINITY,
    checks = [...new Set(kinds.map(({ check }) => check))],
  }: { readonly most?: number; readonly checks?: readonly string[] } = {},
): Promise<Outcome> {
  const { hospital } = surroundings;
  const random = numbers(11);
  const struck = chosen(surroundings, kinds, { rate, most }, random);
  const injected = new Map(kinds.map(({ id }) => [id, new Set<Rec>()]));
  const write = (rec: Rec, columns: readonly string[]) => {
    const kind = struck.get(rec);
    if (!kind) return [{ line: lineOf(rec, columns), rec }];
    const result = kind.strike(rec, surroundings, random);
    if ('line' in result) {
      injected.get(kind.id)?.add(rec);
      return [{ line: result.line(lineOf(rec, columns)), rec }];
    }
    injected.get(kind.id)?.add(result.records[result.wrong] as Rec);
    return result.records.map((one) => ({ line: lineOf(one, columns), rec: one }));
  };
  const written = Object.fromEntries(
    tables.map((table) => {
      const columns = Object.keys(hospital[table][0] ?? {});
      return [table, hospital[table].flatMap((rec) => write(rec, columns))];
    }),
  ) as unknown as Written;
  return { ...(await run(hospital, written, checks)), injected };
}

function chosen(
  surroundings: Surroundings,
  kinds: readonly DefectKind[],
  { rate, most }: { readonly rate: number; readonly most: number },
  random: () => number,
): Map<Rec, DefectKind> {
  const patients = new Set<string>();
  const struck = new Map<Rec, DefectKind>();
  // Those that may strike few choose first.
  const eligible = kinds
    .map((kind) => ({
      kind,
      records: surroundings.hospital[kind.table].filter((rec) => kind.eligible(rec, surroundings)),
    }))
    .sort((a, b) => a.records.length - b.records.length);
  for (const { kind, records } of eligible) {
    let wanted = Math.min(most, Math.max(1, Math.round(records.length * rate)));
    const shuffled = records.map((rec) => ({ rec, place: random() })).sort((a, b) => a.place - b.place);
    for (const { rec } of shuffled) {
      if (wanted === 0) break;
      if (patients.has(rec.patient_id ?? '')) continue;
      patients.add(rec.patient_id ?? '');
      struck.set(rec, kind);
      wanted -= 1;
    }
  }
  return struck;
}

async function run(
  hospital: Hospital,
  written: Written,
  checks: readonly string[],
): Promise<Omit<Outcome, 'injected'>> {
  const workspace = await openWorkspace();
  try {
    const files = Object.fromEntries(
      tables.map((table) => {
        const header = Object.keys(hospital[table][0] ?? {}).join(',');
        return [`${table}.csv`, `${[header, ...written[table].map(({ line }) => line)].join('\n')}\n`];
      }),
    );
    await workspace.land(files, { on: '2026-12-31' });
    const { manifest } = await workspace.run();
    const failed = new Map(manifest.quality?.checks.map(({ id, failed_rows }) => [id, failed_rows]));
    const found = new Map<string, Set<Rec | string>>();
    for (const check of checks) {
      const records = new Set<Rec | string>();
      for await (const row of readFailingRows(workspace.lake, workspace.engine, { check })) {
        const table = row.file?.replace('.csv', '') as Table;
        // No record of these files spans lines, but one that could not be read has no number, and shifts those after it.
        const index = row.line === null ? (row.row ?? 0) - 1 : row.line - 2;
        records.add(written[table]?.[index]?.rec ?? `${row.file}:${row.line}`);
      }
      found.set(check, records);
    }
    return { failed, found };
  } finally {
    await workspace.close();
  }
}
