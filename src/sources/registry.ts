// All sources, in the order in which they are asked whether files are theirs: the most particular first.
import { CarelakeError } from '../errors.js';
import { csv } from './csv/source.js';
import { entries } from './entries/source.js';
import type { Source } from './source.js';
import { synthea } from './synthea/source.js';
import { uciDiabetes } from './uci-diabetes/source.js';

export const sources: readonly Source[] = [uciDiabetes, synthea, csv];

/** @throws SOURCE_UNKNOWN naming those that there are. */
export function sourceNamed(name: string): Source {
  const source = sources.find((candidate) => candidate.name === name);
  if (!source) {
    const names = sources.map((candidate) => candidate.name).join(', ');
    throw new CarelakeError('SOURCE_UNKNOWN', `There is no source "${name}"; there are ${names}.`);
  }
  return source;
}

/** How the raw tables of a batch are read: as its source of files does, or as what was typed. @throws SOURCE_UNKNOWN */
export const readerOf = (from: string): Pick<Source, 'readings'> =>
  from === entries.name ? entries : sourceNamed(from);
