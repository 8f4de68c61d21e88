// Users, sessions, links and keys, at a time of our own.
import { beforeEach, describe, expect, test } from 'vitest';
import { isCoded } from '../../../src/errors.js';
import { type Directory, directoryIn } from '../../../src/records/directory/directory.js';
import { hashOfNew, isPassword } from '../../../src/records/directory/password.js';
import type { Role } from '../../../src/records/directory/role.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import type { Records } from '../../../src/records/records.js';

const minute = 60_000;
const hour = 60 * minute;

let now: number;
let records: Records;
let directory: Directory;
beforeEach(() => {
  now = Date.parse('2026-03-01T08:00:00Z');
  records = openMemoryRecords();
  directory = directoryIn(records.directory, { idle: 30 * minute, most: 12 * hour }, () => new Date(now));
});

const add = (name: string, roles: readonly Role[], password: string | null = 'hash') =>
  directory.users.add({ name, roles, password, created_by: 'test' }, author);

const author = { by: 'test', kind: 'process', from: 'a test', request: null } as const;

const place = { from: '10.0.0.7', agent: 'a browser' };

const rejects = (work: Promise<unknown>, code: Parameters<typeof isCoded>[1]) =>
  expect(work).rejects.toSatisfy((error) => isCoded(error, code));

/** Everything that is kept, as a thief of the file would read it. */
async function kept(): Promise<string> {
  const names = ['users', 'sessions', 'links', 'keys', 'devices'];
  const all = names.map((name) => records.directory.collection({ name, indexed: [] }).list({ limit: 1000 }));
  return JSON.stringify(await Promise.all(all));
}

describe('users', () => {
  test('a name is one however it is written, and says who it is', async () => {
    await add(' Ann.Example@Hospital.org ', ['clinician']);
    expect((await directory.users.get('ANN.example@hospital.org'))?.name).toBe('ann.example@hospital.org');
    await rejects(add('ann.example@hospital.org', ['admin']), 'USER_EXISTS');
    // Letters of other scripts that look like ours, signs that no one sees, and nothing at all.
    for (const name of ['аnn', 'ann\u200b', 'a nn', '', '-ann', 'a'.repeat(101), '../ann']) {
      await rejects(add(name, ['admin']), 'USER_NAME');
    }
  });

  test('the last administrator who can sign in stays one, also of two who take each other away at once', async () => {
    await add('ann', ['admin']);
    await add('invited', ['admin'], null);
    await add('bob', ['clinician']);
    await rejects(directory.users.changeRights('ann', { disabled: true }, author), 'LAST_ADMIN');
    await rejects(directory.users.changeRights('ann', { roles: ['analyst'] }, author), 'LAST_ADMIN');
    expect(await directory.users.get('ann')).toMatchObject({ roles: ['admin'], disabled: false });
    await directory.users.changeRights('bob', { roles: ['admin'] }, author);
    await Promise.allSettled([
      directory.users.changeRights('ann', { disabled: true }, author),
      directory.users.changeRights('bob', { disabled: true }, author),
    ]);
    const left = (await directory.users.all()).filter(({ disabled, password }) => !disabled && password !== null);
    expect(left.length).toBeGreaterThanOrEqual(1);
  });

  test('of many changes at once none is lost', async () => {
    await add('ann', ['admin']);
    await Promise.all(
      Array.from({ length: 20 }, () => directory.users.change('ann', ({ epoch }) => ({ epoch: epoch + 1 }))),
    );
    expect((await directory.users.get('ann'))?.epoch).toBe(21);
  });
});

describe('sessions', () => {
  test('the token is kept by its hash alone, and another one is nobody’s', async () => {
    const { token } = await directory.sessions.open(await add('ann', ['admin']), place);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await kept()).not.toContain(token);
    expect((await directory.sessions.find(token, true))?.user.name).toBe('ann');
    for (const other of ['', token.slice(1), `${token}x`, 'x'.repeat(43)]) {
      expect(await directory.sessions.find(other, true)).toBeUndefined();
    }
  });

  test('it ends after half an hour without a person, though its page goes on asking', async () => {
    const { token } = await directory.sessions.open(await add('ann', ['admin']), place);
    for (let n = 0; n < 29; n++) {
      now += minute;
      expect(await directory.sessions.find(token, false)).toBeDefined();
    }
    now += minute;
    expect(await directory.sessions.find(token, false)).toBeUndefined();
    expect(await directory.sessions.find(token, true)).toBeUndefined();
  });

  test('it ends after twelve hours in any case, and goes from token to token until then', async () => {
    let { token } = await directory.sessions.open(await add('ann', ['admin']), place);
    const tokens = new Set([token]);
    for (let n = 0; n < 12 * 6 - 1; n++) {
      now += 10 * minute;
      const found = await directory.sessions.find(token, true);
      expect(found?.user.name).toBe('ann');
      token = found?.renewed ?? token;
      tokens.add(token);
    }
    expect(tokens.size).toBe(36);
    now += 10 * minute;
    expect(await directory.sessions.find(token, true)).toBeUndefined();
  });

  test('a token whose place another took is good for a minute, and renews nothing', async () => {
    const ann = await add('ann', ['admin']);
    const { token, session } = await directory.sessions.open(ann, place);
    now += 16 * minute;
    const all = await Promise.all(Array.from({ length: 10 }, () => directory.sessions.find(token, true)));
    expect(all.filter((found) => found?.renewed !== undefined)).toHaveLength(1);
    expect(all.every((found) => found?.session.csrf === session.csrf)).toBe(true);
    const renewed = all.find((found) => found?.renewed)?.renewed ?? '';
    now += minute - 1;
    expect(await directory.sessions.find(token, true)).not.toHaveProperty('renewed');
    now += 1;
    expect(await directory.sessions.find(token, true)).toBeUndefined();
    expect(await directory.sessions.find(renewed, true)).toBeDefined();
    expect(await directory.sessions.list(ann)).toMatchObject([{ id: session.id }]);
  });

  test('one can be ended, with every token of it, and only by its user', async () => {
    const ann = await add('ann', ['admin']);
    const one = await directory.sessions.open(ann, place);
    const two = await directory.sessions.open(ann, place);
    now += 16 * minute;
    const { renewed = '' } = (await directory.sessions.find(one.token, true)) ?? {};
    expect(await directory.sessions.end('bob', one.session.id)).toBe(false);
    expect(await directory.sessions.end('ann', one.session.id)).toBe(true);
    expect(await directory.sessions.end('ann', one.session.id)).toBe(false);
    for (const token of [one.token, renewed]) expect(await directory.sessions.find(token, true)).toBeUndefined();
    expect(await directory.sessions.find(two.token, true)).toBeDefined();
  });

  test('one that is ended while it gets another token leaves none behind', async () => {
    const ann = await add('ann', ['admin']);
    for (let n = 0; n < 20; n++) {
      const { token, session } = await directory.sessions.open(ann, place);
      now += 16 * minute;
      const [found] = await Promise.all([
        directory.sessions.find(token, true),
        directory.sessions.end('ann', session.id),
        directory.sessions.find(token, true),
      ]);
      for (const one of [token, found?.renewed ?? '']) expect(await directory.sessions.find(one, true)).toBeUndefined();
    }
    expect(await directory.sessions.list(ann)).toEqual([]);
  });

  test('all end at once when their user is disabled, gets other roles or another password', async () => {
    await add('root', ['admin']);
    for (const change of [{ disabled: true }, { disabled: false }, { roles: ['analyst' as const] }]) {
      const user = (await directory.users.get('ann')) ?? (await add('ann', ['clinician']));
      const { token } = await directory.sessions.open(user, place);
      if (!user.disabled) expect(await directory.sessions.find(token, true)).toBeDefined();
      await directory.users.changeRights('ann', change, author);
      expect(await directory.sessions.find(token, true)).toBeUndefined();
    }
  });
});

describe('links', () => {
  test('the first one makes the administrator, once, within the hour, while there is nobody', async () => {
    const late = await directory.links.ofFirstStart();
    now += hour;
    await rejects(directory.links.look(late?.token ?? ''), 'LINK_INVALID');
    const [one, two] = [await directory.links.ofFirstStart(), await directory.links.ofFirstStart()];
    expect(await directory.links.look(one?.token ?? '')).toMatchObject({ user: 'admin' });
    const redeemed = [one, one, two, two].map((link) => directory.links.redeem(link?.token ?? '', 'hash', author));
    const done = (await Promise.allSettled(redeemed)).filter(({ status }) => status === 'fulfilled');
    expect(done).toHaveLength(1);
    expect(await directory.users.all()).toMatchObject([{ name: 'admin', roles: ['admin'] }]);
    expect(await directory.links.ofFirstStart()).toBeUndefined();
    await rejects(directory.links.redeem(two?.token ?? '', 'other', author), 'LINK_INVALID');
  });

  test('one sets the password, ends what was open, and takes the others with it', async () => {
    const invited = await add('ann', ['clinician'], null);
    const [one, two] = [await directory.links.make(invited), await directory.links.make(invited)];
    expect(await kept()).not.toContain(one.token);
    const { token } = await directory.sessions.open(invited, place);
    expect(await directory.links.redeem(one.token, 'hash', author)).toMatchObject({ name: 'ann', password: 'hash' });
    expect(await directory.sessions.find(token, true)).toBeUndefined();
    for (const { token: used } of [one, two]) await rejects(directory.links.redeem(used, 'x', author), 'LINK_INVALID');
  });

  test('none is good for somebody who is disabled, or after three days; other roles leave it be', async () => {
    await add('root', ['admin']);
    const ann = await add('ann', ['clinician'], null);
    const link = await directory.links.make(ann);
    await directory.users.changeRights('ann', { roles: ['analyst'] }, author);
    expect(await directory.links.look(link.token)).toMatchObject({ user: 'ann' });
    now += 72 * hour;
    await rejects(directory.links.look(link.token), 'LINK_INVALID');
    const next = await directory.links.make((await directory.users.get('ann')) ?? ann);
    await directory.users.changeRights('ann', { disabled: true }, author);
    await rejects(directory.links.look(next.token), 'LINK_INVALID');
  });
});

describe('keys', () => {
  test('a key does what its owner may, and no more', async () => {
    const ann = await add('ann', ['clinician', 'analyst']);
    await add('root', ['admin']);
    await rejects(directory.keys.add(ann, { name: 'x', roles: ['admin'], days: 1 }, author), 'KEY_ROLES');
    await rejects(directory.keys.add(ann, { name: 'x', roles: [], days: 1 }, author), 'KEY_ROLES');
    const { secret } = await directory.keys.add(ann, { name: 'x', roles: ['clinician', 'analyst'], days: 1 }, author);
    expect(secret).toMatch(/^clk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    expect(await kept()).not.toContain(secret.split('_').slice(2).join('_'));
    expect(await directory.keys.find(secret)).toMatchObject({ roles: ['clinician', 'analyst'] });
    await directory.users.changeRights('ann', { roles: ['analyst'] }, author);
    expect(await directory.keys.find(secret)).toMatchObject({ roles: ['analyst'] });
    await directory.users.changeRights('ann', { disabled: true }, author);
    expect(await directory.keys.find(secret)).toBeUndefined();
  });

  test('it ends on its day or when it is revoked, and another secret opens nothing', async () => {
    const ann = await add('ann', ['analyst']);
    const [one, two] = [
      await directory.keys.add(ann, { name: 'one', roles: ['analyst'], days: 1 }, author),
      await directory.keys.add(ann, { name: 'two', roles: ['analyst'], days: 2 }, author),
    ];
    const mixed = `clk_${one.key.id}_${two.secret.slice(-43)}`;
    for (const wrong of [mixed, `${one.secret}x`, one.secret.slice(0, -1), one.secret.toUpperCase(), 'clk__', '']) {
      expect(await directory.keys.find(wrong)).toBeUndefined();
    }
    now += 24 * hour;
    expect(await directory.keys.find(one.secret)).toBeUndefined();
    expect(await directory.keys.find(two.secret)).toBeDefined();
    expect(await directory.keys.remove(two.key.id, author, 'bob')).toBe(false);
    expect(await directory.keys.remove(two.key.id, author, 'ann')).toBe(true);
    expect(await directory.keys.find(two.secret)).toBeUndefined();
  });

  test('when it was last used is known to the minute, and not written more often', async () => {
    const { key, secret } = await directory.keys.add(
      await add('ann', ['analyst']),
      {
        ...{ name: 'x', roles: ['analyst'] as const, days: 1 },
      },
      author,
    );
    const revision = async () =>
      (await records.directory.collection({ name: 'keys', indexed: [] }).get(key.id))?.revision;
    for (let n = 0; n < 60; n++) {
      await directory.keys.find(secret);
      now += 1000;
    }
    expect(await revision()).toBe(2);
    await directory.keys.find(secret);
    expect(await revision()).toBe(3);
    expect(await directory.keys.list('ann')).toMatchObject([{ used_at: new Date(now).toISOString() }]);
  });
});

describe('who signs in by a provider', () => {
  test('of two subjects who come as one user at once, one is that user', async () => {
    await add('ann', ['analyst']);
    const { federation } = directory;
    const link = (subject: string) => federation.link('https://id.example', subject, 'ann');
    expect((await Promise.all([link('one'), link('two')])).filter(Boolean)).toHaveLength(1);
    expect((await Promise.all([link('one'), link('two'), link('three')])).filter(Boolean)).toHaveLength(1);
  });
});

describe('passwords', () => {
  test('they are kept as Argon2id with the parameters of OWASP, and compared as letters', async () => {
    const hash = await hashOfNew('Große Wörter ﬁnden niemand', []);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(hash, 'Große Wörter finden niemand'.normalize('NFD'))).toBe(true);
    expect(await isPassword(hash, 'große Wörter finden niemand')).toBe(false);
    for (const nobody of [null, undefined]) expect(await isPassword(nobody, 'nobody')).toBe(false);
  });

  test.each([
    ['short', '9kTw!zQ2x'],
    ['common', 'password1234'],
    ['of the keyboard', 'qwertyuiop[]'],
    ['the name', 'ann.example.1'],
    ['repeated', 'aB3$'.repeat(64)],
    ['too long', 'x9'.repeat(200)],
  ])('one that is %s is refused with what is wrong', async (_, password) => {
    await expect(hashOfNew(password, ['ann.example'])).rejects.toMatchObject({
      code: 'PASSWORD_WEAK',
      faults: [{ field: 'password' }],
    });
  });
});
