// Secrets from files, as container platforms hand them out: NAME_FILE gives the file whose text is the value of NAME.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CarelakeError } from '../errors.js';
import { settings } from './settings.js';

/** Secrets beside the settings of our own. AWS_WEB_IDENTITY_TOKEN_FILE and the like are names of the AWS SDK itself. */
const wellKnown = [
  ...['MONGO_URI', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'SPARK_REMOTE'],
  ...['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'],
];

const ownNames = Object.values(settings).flatMap(({ name, secret }) => (secret ? [name as string] : []));

/** The names that may end in _FILE, with that ending. */
export const secretFileNames: readonly string[] = [...ownNames, ...wellKnown].map((name) => `${name}_FILE`);

type Names = Readonly<Record<string, string | undefined>>;

export interface FromFiles {
  /** The values by NAME. */
  readonly secrets: Names;
  /** Which file each is from, by NAME. */
  readonly paths: Names;
  /** Files that others of this machine may read. */
  readonly hints: readonly string[];
}

/**
 * @param environment Comes before `file`, which is `.env`.
 * @throws CONFIG_INVALID where the value itself is given, too, or a file cannot be read or holds nothing
 */
export function readSecretFiles(environment: Names, file: Names, folder: string): FromFiles {
  const secrets: Record<string, string> = {};
  const paths: Record<string, string> = {};
  const hints: string[] = [];
  const given = (name: string) =>
    [environment[name], file[name]].find((text) => text !== undefined && text.trim() !== '');
  for (const nameOfFile of secretFileNames) {
    const said = given(nameOfFile);
    if (said === undefined) continue;
    const name = nameOfFile.replace(/_FILE$/, '');
    if (given(name) !== undefined) throw invalid(nameOfFile, said, `${name} is set, too: only one of them may be.`);
    const path = resolve(folder, said.trim());
    secrets[name] = textOf(nameOfFile, path);
    paths[name] = path;
    if (isReadByOthers(path)) hints.push(`${nameOfFile}: other users of this machine may read ${path} (chmod o-r).`);
  }
  return { secrets, paths, hints };
}

function textOf(name: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw invalid(name, path, `It cannot be read: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}.`, cause);
  }
  if (text === '') throw invalid(name, path, 'The file holds nothing.');
  return text;
}

/** Windows has no such rights. */
const isReadByOthers = (path: string): boolean => process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0;

function invalid(field: string, value: string, message: string, cause?: unknown): CarelakeError {
  const faults = [{ field, value, message }];
  return new CarelakeError('CONFIG_INVALID', `${field} is ${JSON.stringify(value)}. ${message}`, { faults, cause });
}
