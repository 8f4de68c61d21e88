// quality.json of a workspace: thresholds of its own, and checks that are waived for a time.
import { checkNamed } from '../../catalog/checks.js';
import { CarelakeError, type Fault } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';

/** A check that does not count until the end of a day, because somebody knows why it fails. */
export interface Waiver {
  readonly check: string;
  readonly reason: string;
  /** The last day on which it holds, YYYY-MM-DD; compared with the run's as_of. */
  readonly until: string;
}

export interface QualitySettings {
  /** check → the largest share of failed rows with which it passes. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly waivers: readonly Waiver[];
}

const settingsKey = 'quality.json';

/** The settings of the workspace; none where it has no such file. @throws QUALITY_SETTINGS naming each field at fault. */
export async function readQualitySettings(lake: Lake): Promise<QualitySettings> {
  const file = await lake.get(settingsKey);
  return file ? parseQualitySettings(file.body.toString('utf8')) : { thresholds: {}, waivers: [] };
}

/** @throws QUALITY_SETTINGS naming each field at fault with its value. */
function parseQualitySettings(text: string): QualitySettings {
  const faults: Fault[] = [];
  const refuse = (field: string, value: unknown, message: string): void => {
    faults.push({ field, value: (JSON.stringify(value) ?? 'missing').slice(0, 200), message });
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new CarelakeError('QUALITY_SETTINGS', `${settingsKey} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (isObject(content)) {
    onlyNames(content, ['thresholds', 'waivers'], '', refuse);
    readThresholds(content.thresholds ?? {}, refuse);
    readWaivers(content.waivers ?? [], refuse);
  } else refuse(settingsKey, content, 'must be an object with "thresholds" and "waivers"');
  if (faults.length > 0) {
    const said = faults.map(({ field, value, message }) => `${field} is ${value}; it ${message}.`);
    throw new CarelakeError('QUALITY_SETTINGS', said.join('\n'), { faults });
  }
  const { thresholds = {}, waivers = [] } = content as Partial<QualitySettings>;
  return { thresholds, waivers };
}

type Refuse = (field: string, value: unknown, message: string) => void;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function onlyNames(value: Record<string, unknown>, names: readonly string[], path: string, refuse: Refuse): void {
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) refuse(path + name, value[name], `is unknown here; there are ${names.join(', ')}`);
  }
}

function readThresholds(value: unknown, refuse: Refuse): void {
  if (!isObject(value)) refuse('thresholds', value, 'must be an object from check ids to shares');
  for (const [id, share] of Object.entries(isObject(value) ? value : {})) {
    const field = `thresholds.${id}`;
    if (!checkNamed(id)) refuse(field, share, 'names no check; carelake quality --json lists them');
    if (typeof share !== 'number' || !(share >= 0 && share <= 1)) refuse(field, share, 'must be a number from 0 to 1');
  }
}

function readWaivers(value: unknown, refuse: Refuse): void {
  if (!Array.isArray(value)) refuse('waivers', value, 'must be a list of { check, reason, until }');
  for (const [index, waiver] of (Array.isArray(value) ? value : []).entries()) {
    const path = `waivers[${index}]`;
    if (!isObject(waiver)) {
      refuse(path, waiver, 'must be { check, reason, until }');
      continue;
    }
    onlyNames(waiver, ['check', 'reason', 'until'], `${path}.`, refuse);
    const { check, reason, until } = waiver;
    if (typeof check !== 'string' || !checkNamed(check)) refuse(`${path}.check`, check, 'must be the id of a check');
    if (typeof reason !== 'string' || reason.trim() === '') refuse(`${path}.reason`, reason, 'must say why');
    if (typeof until !== 'string' || !isDay(until)) refuse(`${path}.until`, until, 'must be a day as YYYY-MM-DD');
  }
}

function isDay(text: string): boolean {
  const day = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
