// Which mounted file system holds a path, by what Linux says of its mounts.

export interface Mount {
  readonly point: string;
  /** `major:minor` of the block device; of some file systems a number that no device has. */
  readonly device: string;
  readonly type: string;
  /** What was mounted: `/dev/sda1` or a word of the file system's own. */
  readonly source: string;
}

/** The mount of an absolute path without symbolic links; `mountinfo` is the text of /proc/self/mountinfo (proc(5)). */
export function mountOf(path: string, mountinfo: string): Mount | undefined {
  const holding = mountinfo
    .split('\n')
    .map(mountIn)
    .filter((mount) => mount !== undefined)
    .filter(({ point }) => path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`));
  // Of several mounts on one point the last one lies on top.
  return holding.reduce<Mount | undefined>(
    (best, mount) => (best && best.point.length > mount.point.length ? best : mount),
    undefined,
  );
}

/** `36 35 98:0 / /mnt rw,noatime shared:1 - ext4 /dev/root rw`; the optional fields end with the hyphen. */
function mountIn(line: string): Mount | undefined {
  const [mounted = '', kind = ''] = line.split(' - ');
  const [, , device, , point] = mounted.split(' ');
  const [type, source] = kind.split(' ');
  if (!device || !point || !type || !source) return undefined;
  return { point: unescaped(point), device, type, source: unescaped(source) };
}

/** Blanks, tabs, line ends and backslashes are written as octal numbers. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
