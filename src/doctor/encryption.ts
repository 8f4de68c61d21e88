// Whether patients' data lies on an encrypted disk (45 CFR 164.312(a)(2)(iv)), as far as the system can say.
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { App } from '../app.js';
import { s3AddressOf } from '../config/s3.js';
import type { Config } from '../config.js';
import type { Verdict } from './finding.js';
import { localFolders } from './local-folders.js';
import { type Mount, mountOf } from './mount.js';
import { nearestFolder } from './nearest-folder.js';

/** File systems that encrypt what they hold. */
const encryptingTypes = ['ecryptfs', 'fuse.gocryptfs', 'fuse.encfs', 'fuse.cryfs'];

/** cryptsetup names its mappings `CRYPT-<kind>-…`; these kinds prove content but do not hide it. */
const encryptingMapping = /^CRYPT-(?!VERITY-|INTEGRITY-)/;

export async function encryption({ config }: App): Promise<Verdict> {
  const disks = await disksEncrypted(config);
  if (!s3AddressOf(config.lake)) return disks;
  const asked = config.s3Encryption
    ? `files go to S3 with the request to encrypt them by ${config.s3Encryption.kind}`
    : "files in S3 are encrypted as the bucket's own setting says (AWS: AES256); CARELAKE_S3_ENCRYPTION asks for it";
  return { state: disks.state, detail: `${asked}; ${disks.detail}` };
}

async function disksEncrypted(config: Config): Promise<Verdict> {
  if (process.platform !== 'linux') return untold([config.data]);
  const open: string[] = [];
  for (const folder of localFolders(config)) {
    if (!(await isEncrypted(await nearestFolder(folder), '/'))) open.push(folder);
  }
  return open.length === 0 ? { state: 'ok', detail: 'patient data lies on an encrypted disk' } : untold(open);
}

const untold = (folders: readonly string[]): Verdict => ({
  state: 'unknown',
  detail:
    `Whether the disk of ${folders.join(', ')} is encrypted cannot be told from here; ` +
    'patient data belongs on an encrypted disk (45 CFR 164.312(a)(2)(iv)).',
});

/** Whether the disk below `path` is known to be encrypted; `root` is the folder above `proc` and `sys`. */
export async function isEncrypted(path: string, root: string): Promise<boolean> {
  const mount = mountOf(path, await readFile(join(root, 'proc/self/mountinfo'), 'utf8'));
  if (!mount) return false;
  if (encryptingTypes.includes(mount.type)) return true;
  const device = await deviceOf(mount, root);
  return device !== undefined && isEncryptedDevice(device);
}

/** The folder of the mounted device in /sys; undefined where the file system lies on none, as tmpfs and NFS. */
async function deviceOf({ device, source }: Mount, root: string): Promise<string | undefined> {
  const numbered = await reached(realpath(join(root, 'sys/dev/block', device)));
  if (numbered !== undefined) return numbered;
  // btrfs gives a number that no device has, and a source that one does.
  const file = source.startsWith('/dev/') ? await reached(realpath(join(root, source))) : undefined;
  return file && reached(realpath(join(root, 'sys/class/block', basename(file))));
}

/** A mapped device is encrypted by itself, or where all that it is made of is: a volume on two disks needs both. */
async function isEncryptedDevice(folder: string): Promise<boolean> {
  const mapping = await reached(readFile(join(folder, 'dm/uuid'), 'utf8'));
  if (mapping && encryptingMapping.test(mapping)) return true;
  const below = (await reached(readdir(join(folder, 'slaves')))) ?? [];
  const encrypted = await Promise.all(below.map((name) => isEncryptedDevice(join(folder, 'slaves', name))));
  return encrypted.length > 0 && encrypted.every(Boolean);
}

/** Undefined where there is no such file. */
async function reached<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
