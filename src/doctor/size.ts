// Sizes as a person reads them.

/** Bytes as `1.5 GB`, or `12 MB` below one: decimal units, as disks are sold. */
export function sizeText(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
