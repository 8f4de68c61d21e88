// Which disks the doctor knows to be encrypted, by copies of what Linux says of its mounts and devices.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isEncrypted } from '../../src/doctor/encryption.js';
import { mountOf } from '../../src/doctor/mount.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'carelake-encryption-'));
  for (const folder of ['proc/self', 'sys/dev/block', 'sys/class/block', 'sys/devices', 'dev/mapper']) {
    await mkdir(join(root, folder), { recursive: true });
  }
});
afterEach(() => rm(root, { recursive: true }));

const mounts = (...lines: string[]) => writeFile(join(root, 'proc/self/mountinfo'), `${lines.join('\n')}\n`);

/** A block device as /sys shows it: its number, the kind of its mapping, and what it is made of. */
async function device(name: string, number: string, mapping?: string, below: readonly string[] = []): Promise<void> {
  const folder = join(root, 'sys/devices', name);
  await mkdir(join(folder, 'slaves'), { recursive: true });
  if (mapping) {
    await mkdir(join(folder, 'dm'));
    await writeFile(join(folder, 'dm/uuid'), `${mapping}\n`);
  }
  for (const one of below) await symlink(`../../${one}`, join(folder, 'slaves', one));
  await symlink(`../../devices/${name}`, join(root, 'sys/dev/block', number));
  await symlink(`../../devices/${name}`, join(root, 'sys/class/block', name));
}

const home = (number: string, type = 'ext4', source = '/dev/sda2') =>
  mounts('21 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw', `30 21 ${number} / /home rw,nosuid - ${type} ${source} rw`);

test('a LUKS disk is encrypted, and only what lies on it', async () => {
  await device('sda1', '8:1');
  await device('sda2', '8:2');
  await device('dm-0', '253:0', 'CRYPT-LUKS2-0123456789abcdef-home', ['sda2']);
  await home('253:0');
  expect(await isEncrypted('/home/ann/data', root)).toBe(true);
  expect(await isEncrypted('/homework', root)).toBe(false);
  expect(await isEncrypted('/', root)).toBe(false);
});

test('a logical volume is encrypted where each disk below it is', async () => {
  await device('sda2', '8:2');
  await device('sdb1', '8:17');
  await device('dm-0', '253:0', 'CRYPT-LUKS1-0-a', ['sda2']);
  await device('dm-1', '253:1', 'LVM-abc', ['dm-0']);
  await device('dm-2', '253:2', 'LVM-def', ['dm-0', 'sdb1']);
  await home('253:1');
  expect(await isEncrypted('/home/data', root)).toBe(true);
  await home('253:2');
  expect(await isEncrypted('/home/data', root)).toBe(false);
});

test('a mapping that only proves what it holds is not encrypted', async () => {
  await device('sda2', '8:2');
  await device('dm-0', '253:0', 'CRYPT-VERITY-0-a', ['sda2']);
  await home('253:0');
  expect(await isEncrypted('/home/data', root)).toBe(false);
});

test('a file system whose number is no device is followed by its source', async () => {
  await device('sda2', '8:2');
  await device('dm-0', '253:0', 'CRYPT-LUKS2-0-a', ['sda2']);
  await writeFile(join(root, 'dev/dm-0'), '');
  await symlink('../dm-0', join(root, 'dev/mapper/home'));
  await home('0:44', 'btrfs', '/dev/mapper/home');
  expect(await isEncrypted('/home/data', root)).toBe(true);
});

test('a file system that encrypts is encrypted on any disk; one without a disk is not known to be', async () => {
  await home('0:50', 'ecryptfs', '/home/.ecryptfs/ann');
  expect(await isEncrypted('/home/data', root)).toBe(true);
  await home('0:51', 'tmpfs', 'tmpfs');
  expect(await isEncrypted('/home/data', root)).toBe(false);
});

test('the mount of a path is the nearest above it, of two on one point the later', () => {
  const mountinfo = [
    '21 1 8:1 / / rw - ext4 /dev/sda1 rw',
    '22 21 8:2 / /mnt/my\\040disk rw shared:3 master:1 - ext4 /dev/sda2 rw',
    '23 21 8:3 / /mnt/my\\040disk rw - xfs /dev/sda3 rw',
    '24 21 8:4 / /mnt/my rw - ext4 /dev/sda4 rw',
    '',
  ].join('\n');
  expect(mountOf('/mnt/my disk/a', mountinfo)).toEqual({
    point: '/mnt/my disk',
    device: '8:3',
    type: 'xfs',
    source: '/dev/sda3',
  });
  expect(mountOf('/mnt/my', mountinfo)?.device).toBe('8:4');
  expect(mountOf('/mnt', mountinfo)?.device).toBe('8:1');
});
