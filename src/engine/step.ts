// What a step is: a name, its inputs and one SELECT. Its output is stored under a hash of what it was made from.
import { createHash } from 'node:crypto';
import type { Cut } from './bucket.js';
import type { Dialect } from './dialect.js';
import { duckdbDialect } from './dialects/duckdb.js';

/** Files of the lake that no step made: a batch's raw table. `hash` stands for their content. */
export interface RawInput {
  readonly kind: 'raw';
  readonly hash: string;
  readonly keys: readonly string[];
}

export interface Step {
  readonly kind: 'step';
  /** `clean/visits@12`: what it does, to which table, of which batch. */
  readonly name: string;
  /** Raised when the meaning changes though the SQL text does not. */
  readonly version: number;
  /** The tables that the SELECT may name. Several inputs under one name are read as one table. */
  readonly inputs: Readonly<Record<string, readonly (RawInput | Step)[]>>;
  readonly sql: (dialect: Dialect) => string;
  /** Into how many buckets the output is cut, 1 for none: how it is stored, and so no part of the hash. */
  readonly cut?: Omit<Cut, 'stored'>;
}

/** SHA-256 over name, version, logical SQL (DuckDB's rendering) and the hashes of the inputs; the engine is no part of it. */
export function stepHash(step: Step): string {
  const known = hashes.get(step);
  if (known) return known;
  const inputs = Object.entries(step.inputs)
    .map(([name, sources]) => [name, sources.map((source) => (source.kind === 'raw' ? source.hash : stepHash(source)))])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const text = JSON.stringify([step.name, step.version, step.sql(duckdbDialect), inputs]);
  const hash = createHash('sha256').update(text).digest('hex');
  hashes.set(step, hash);
  return hash;
}

const hashes = new WeakMap<Step, string>();
