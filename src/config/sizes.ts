// Sizes of memory as people write them, and how much of this machine's memory is ours to use.
import { totalmem } from 'node:os';

const units: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** `2GB`, `512 MiB` → bytes; undefined where the text is no size. */
export function bytesOf(text: string): number | undefined {
  const [, number, unit = ''] = /^([0-9]+(?:[.][0-9]+)?) ?([KMGT]I?B)$/.exec(text.trim().toUpperCase()) ?? [];
  const factor = units[unit];
  return factor === undefined ? undefined : Math.floor(Number(number) * factor);
}

/**
 * Half of the memory in bytes: of the machine's, or of the container's where that is lower. The other half is left to
 * Node itself and to the page cache, which reading Parquet lives on.
 */
export function halfOfMemory(machine = totalmem(), container = process.constrainedMemory()): number {
  // A container without a limit reports 0, or a number beyond the machine's memory.
  return Math.floor((container > 0 ? Math.min(machine, container) : machine) / 2);
}
