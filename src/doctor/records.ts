// Whether the records answer, where they are, and whether their store checks what others write into it.
import type { App } from '../app.js';
import type { Verdict } from './finding.js';

export async function recordsAnswer(app: App): Promise<Verdict> {
  const records = await app.knownRecords();
  if (!records) return { state: 'ok', detail: 'nothing was typed into this workspace' };
  const { sequence } = await records.entries.end();
  const { driver, address } = records;
  const key = app.config.recordsKey === null ? 'not encrypted by CARELAKE_RECORDS_KEY' : 'encrypted';
  const detail = `${driver} at ${address} answers${driver === 'sqlite' ? `, ${key}` : ''}; its log ends with entry ${sequence}`;
  if (records.unchecked.length === 0) return { state: 'ok', detail };
  return {
    state: 'warning',
    detail: `${detail}. It keeps no rules of this version for ${records.unchecked.join(', ')}: Carelake checks what it writes, \
and nobody what others write there (docs/guide/mongodb.md).`,
  };
}
