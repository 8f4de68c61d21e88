// The files of an ingest that were not read, for people: a folder with many of them gets one line.
import { posix } from 'node:path';
import type { Skipped } from '../sources/text/member.js';

/** The most lines that the files of one folder get, and the most that its one line names. */
const most = 3;

/** A line for each file, or for all of a folder that has more than three. */
export function passedOver(skipped: readonly Skipped[]): string[] {
  const folders = new Map<string, Skipped[]>();
  for (const one of skipped) {
    const folder = posix.dirname(one.file);
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  return [...folders.values()].flatMap((files) => {
    if (files.length <= most) return files.map(({ file, why }) => `Passed over ${file}: ${why}`);
    const first = files.slice(0, most).map(({ file, why }) => `${file} (${why})`);
    return [`Passed over ${files.length} files: ${first.join(', ')}, …; --json names all`];
  });
}
