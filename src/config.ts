// The configuration: read once, checked as a whole, frozen. Flags come before the environment, that before `.env`, that
// before the defaults.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { nearest } from './config/nearest.js';
import { readSecretFiles, secretFileNames } from './config/secret-files.js';
import type { Setting, WellKnown } from './config/setting.js';
import { type Config, hints, settings } from './config/settings.js';
import { CarelakeError, type Fault } from './errors.js';

export type { Config } from './config/settings.js';

/** What the command line said, by the name of the setting; undefined where it said nothing. */
export type Flags = { readonly [Key in keyof Config]?: string | undefined };

export interface Surroundings {
  readonly flags?: Flags;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where `.env` is looked for and relative paths start. */
  readonly folder?: string;
}

export interface Configuration {
  readonly config: Config;
  /** What the user may have meant but did not say; to be shown, never acted on. */
  readonly hints: readonly string[];
  /** What `.env` and files of secrets say to the SDKs of AWS and OpenTelemetry, which read only the environment. */
  readonly others: Readonly<Record<string, string>>;
}

/**
 * @throws CONFIG_UNKNOWN for a name that starts with CARELAKE_ and is no setting, CONFIG_INVALID for a value that is not
 * of its setting's form, CONFIG_UNSUPPORTED for one that only another version takes. All faults of a kind are named.
 */
export function readConfiguration({
  flags = {},
  environment = process.env,
  folder = process.cwd(),
}: Surroundings = {}): Configuration {
  const file = readDotEnv(folder);
  refuseUnknown([
    ['the environment', environment],
    ['.env', file],
  ]);
  const fromFiles = readSecretFiles(environment, file, folder);
  const faults: Fault[] = [];
  const named: WellKnown = (name) => environment[name] || file[name] || fromFiles.secrets[name] || undefined;
  const config: { -readonly [Key in keyof Config]?: Config[Key] } = {};
  const fill = <Key extends keyof Config>(key: Key): void => {
    const setting: Setting<Config[Key], Config> = settings[key];
    const found = firstOf([
      [setting.flag ?? setting.name, flags[key]],
      [setting.name, environment[setting.name]],
      [`${setting.name} in .env`, file[setting.name]],
      [`The text in ${fromFiles.paths[setting.name]} (${setting.name}_FILE)`, fromFiles.secrets[setting.name]],
    ]);
    const value = found ? setting.read(found.text, folder, named, config) : setting.default(folder, config, named);
    if (value !== undefined) config[key] = value;
    else if (found)
      faults.push({
        field: found.origin,
        value: setting.secret ? '…' : withoutToken(found.text),
        message: `It must be ${setting.form}.`,
      });
  };
  for (const key of Object.keys(settings) as (keyof Config)[]) fill(key);
  if (faults.length > 0) {
    const wrong = faults.map(({ field, value, message }) => `${field} is ${JSON.stringify(value)}. ${message}`);
    throw new CarelakeError('CONFIG_INVALID', wrong.join('\n'), { faults });
  }
  // Every key was filled, or a fault was thrown.
  const whole = Object.freeze(config as Config);
  const told = Object.entries(hints).map(([name, hint]) => (named(name) === undefined ? undefined : hint(whole)));
  const said = Object.entries({ ...file, ...fromFiles.secrets });
  const others = said.filter(([name, text]) => /^(AWS|OTEL)_/.test(name) && text && !environment[name]);
  return Object.freeze({
    config: whole,
    hints: Object.freeze([...fromFiles.hints, ...told.filter((hint) => hint !== undefined)]),
    others: Object.freeze(Object.fromEntries(others) as Record<string, string>),
  });
}

/** The address of a Spark Connect server may hold one, and messages are kept. */
const withoutToken = (text: string): string => text.replace(/(token=)[^;\s]+/gi, '$1…');

/** An empty value means that nothing was said, as in a `.env` that was copied and not filled in. */
function firstOf(candidates: readonly (readonly [origin: string, text: string | undefined])[]) {
  const found = candidates.find(([, text]) => text !== undefined && text.trim() !== '');
  return found && { origin: found[0], text: (found[1] ?? '').trim() };
}

function refuseUnknown(origins: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[]): void {
  const known = [...Object.values(settings).map(({ name }) => name as string), ...secretFileNames];
  const faults: Fault[] = [];
  for (const [origin, names] of origins) {
    for (const name of Object.keys(names)) {
      // The tests' own names are no settings of the program, and reach it when a test starts it.
      if (!name.startsWith('CARELAKE_') || name.startsWith('CARELAKE_TEST_') || known.includes(name)) continue;
      const meant = nearest(name, known);
      faults.push({ field: name, message: `${name} in ${origin}${meant ? `; did you mean ${meant}?` : ''}` });
    }
  }
  if (faults.length === 0) return;
  throw new CarelakeError('CONFIG_UNKNOWN', `No such setting: ${faults.map(({ message }) => message).join(', ')}`, {
    faults,
  });
}

function readDotEnv(folder: string): Readonly<Record<string, string | undefined>> {
  const path = join(folder, '.env');
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CarelakeError('CONFIG_INVALID', `${path} cannot be read: ${String(cause)}`, { cause });
  }
}
