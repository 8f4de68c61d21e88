// Files that are sent: landed once, tried out without a trace, refused with what is wrong, followed to what became of them.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBatches } from '../../../src/pipeline/batch.js';
import { emptyHouse, type House } from '../house.js';
import { type Ask, asking } from '../records/asking.js';
import { waitingIn } from './queueing.js';
import { sending, zipOf } from './sending.js';

let house: House;
let ask: Ask;
let send: ReturnType<typeof sending>;
beforeAll(async () => {
  house = await emptyHouse({ uploadLimit: 300_000 });
  ask = asking(house);
  send = sending(house);
});
afterAll(async () => {
  expect(await waiting()).toEqual([]);
  expect(house.reported).toEqual([]);
  await house.close();
});

const waiting = () => waitingIn(house.server.parts.landings.folder);
const batches = () => readBatches(house.workspace.lake);

let last = 0;
/** Patients of their own for each test, so that they run in any order. */
const patients = (count = 2): string => {
  last += 1;
  const rows = Array.from({ length: count }, (_, n) => `p${last}-${n},Name ${n},4${n},F\n`);
  return `patient_id,name,age,gender\n${rows.join('')}`;
};

describe('a file that is sent', () => {
  test('lands, and the old client is told so', async () => {
    const { status, body, headers } = await send({
      name: 'patients.csv',
      content: patients(3),
      fields: { type: 'patients' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, records: 3, rejected: 0, already_there: false });
    expect(body.upload).toMatchObject({
      file: 'patients.csv',
      state: 'landed',
      type: 'patients',
      run: null,
      attempts: 1,
    });
    expect(headers.location).toBe(`/api/uploads/${body.upload.id}`);
    const [file] = body.upload.files;
    const batch = (await batches()).find(({ id }) => id === file.batch);
    expect(batch?.files[0]?.sha256).toBe(body.upload.sha256);
    expect(batch?.by).toBe(body.upload.by);
    expect(await waiting()).toEqual([]);
  });

  test('a second time changes nothing and says so, under any name', async () => {
    const content = patients();
    await send({ name: 'first.csv', content });
    const before = (await batches()).length;
    const { body } = await send({ name: 'second.csv', content });
    expect(body).toMatchObject({ success: true, records: 0, already_there: true });
    expect(body.message).toContain('had come before');
    expect((await batches()).length).toBe(before);
  });

  test('again under its Idempotency-Key is answered as before; another file under it is refused and not lost', async () => {
    const headers = { 'idempotency-key': 'u-1' };
    const content = patients(3);
    const first = await send({ name: 'once.csv', content, headers });
    const again = await send({ name: 'once.csv', content, headers });
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([200, first.text, 'true']);
    expect(again.headers.location).toBe(first.headers.location);
    const before = (await batches()).length;
    const other = await send({ name: 'once.csv', content: patients(), headers });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_REUSED']);
    const otherwise = await send({ name: 'once.csv', content, headers, fields: { mode: 'snapshot' } });
    expect([otherwise.status, otherwise.body.code]).toEqual([422, 'IDEMPOTENCY_REUSED']);
    expect((await batches()).length).toBe(before);
    expect(await waiting()).toEqual([]);
  });

  test('by two at once lands once', async () => {
    const content = patients();
    const before = (await batches()).length;
    const answers = await Promise.all(Array.from({ length: 4 }, () => send({ name: 'same.csv', content })));
    expect(answers.map(({ body }) => body.already_there).sort()).toEqual([false, true, true, true]);
    expect((await batches()).length).toBe(before + 1);
  });

  test('packed, without type, under other column names', async () => {
    const gzip = await send({ name: 'patients.csv.gz', content: gzipSync(patients()) });
    expect(gzip.body).toMatchObject({ success: true, records: 2 });
    const zip = await send({
      name: 'all.zip',
      content: await zipOf({ 'a/patients.csv': patients(), 'readme.md': 'no' }),
    });
    expect(zip.body).toMatchObject({ records: 2, upload: { skipped: [{ file: 'all.zip/readme.md' }] } });
    const text = patients().replace('patient_id,name', 'Nr des Falls,Wer');
    const mapping = { columns: { patients: { patient_id: 'Nr des Falls', name: 'Wer' } } };
    const fields = { type: 'patient', mapping: JSON.stringify(mapping) };
    expect((await send({ name: 'ours.csv', content: text, fields })).body).toMatchObject({ records: 2 });
    expect((await ask('PUT', '/api/mappings/clinic', mapping)).status).toBe(200);
    const named = { type: 'patients', mapping: 'clinic' };
    const again = await send({ name: 'ours.csv', content: text.replaceAll('4', '5'), fields: named });
    expect(again.body.upload).toMatchObject({ state: 'landed', mapping });
  });

  test('is answered at once where the sender asks for that, and followed by its id', async () => {
    const sent = await send({ name: 'later.csv', content: patients(), headers: { prefer: 'respond-async' } });
    expect([sent.status, sent.body.success, sent.body.records]).toEqual([202, true, null]);
    const { uploads } = house.server;
    await uploads.settled(sent.body.upload.id, 10_000);
    const { body } = await ask('GET', String(sent.headers.location));
    expect(body.upload).toMatchObject({ state: 'landed', files: [{ records: 2 }] });
  });

  test('is read by a run, which says what became of each record', async () => {
    const text = `${patients(2)}p-bad-${last},Cid,400,F\n,Nobody,30,M\n`;
    const { body } = await send({ name: 'mixed.csv', content: text, fields: { type: 'patients' } });
    const { id } = body.upload;
    expect((await ask('GET', `/api/uploads/${id}/rejects`)).body.code).toMatch(/UPLOAD_NOT_RUN|NOT_PUBLISHED/);
    const run = await house.server.parts.run(new AbortController().signal);
    const { upload } = (await ask('GET', `/api/uploads/${id}`)).body;
    const { accounting } = upload.files[0];
    expect(upload.run).toBe(run);
    expect(accounting.total).toBe(4);
    expect(accounting.used + accounting.rejected).toBe(4);
    expect(accounting.rejected).toBeGreaterThan(0);
    const rejects = await ask('GET', `/api/uploads/${id}/rejects`);
    expect(rejects.body.total).toBeGreaterThan(0);
    expect(new Set(rejects.body.rejects.map(({ file }: { file: string }) => file))).toEqual(new Set(['mixed.csv']));
    const csv = await ask('GET', `/api/uploads/${id}/rejects`, undefined, { accept: 'text/csv' });
    expect(csv.text.trim().split('\r\n')).toHaveLength(rejects.body.total + 1);
    expect((await ask('GET', `/api/uploads/${id}/rejects?page=9`)).body).toMatchObject({
      count: 0,
      total: rejects.body.total,
    });
  });
});

test('a dry run says what would become of a file, and leaves nothing', async () => {
  const text = `${patients(2).replace('gender', 'gender,shoe_size').replaceAll(',F\n', ',F,40\n')},Nobody,30,M,1\n`;
  const before = [(await batches()).length, (await ask('GET', '/api/uploads?limit=500')).body.count];
  for (const asked of [{ query: '?dry_run=true' }, { fields: { dry_run: 'true' } }]) {
    const { status, body } = await send({ name: 'tried.csv', content: text, ...asked });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, dry_run: true, records: { total: 3, used: 2, rejected: 1 } });
    expect(body.files).toMatchObject([{ name: 'tried.csv', table: 'patients', already_there: false }]);
    expect(body.unread).toEqual({ 'tried.csv': ['shoe_size'] });
    expect(body.rejects[0]).toMatchObject({ file: 'tried.csv', line: 4, field: 'patient_id' });
  }
  expect([(await batches()).length, (await ask('GET', '/api/uploads?limit=500')).body.count]).toEqual(before);
  expect(await waiting()).toEqual([]);
});

describe('what is refused', () => {
  const csv = 'patient_id,name\nx,y\n';
  const refused = async (sent: Parameters<typeof send>[0]) => {
    const { status, body } = await send(sent);
    expect(body.success).toBe(false);
    expect(await waiting()).toEqual([]);
    return [status, body.code];
  };

  test.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['table.xlsx', 'PK', {}, 415, 'UPLOAD_TYPE'],
    ['program.exe', 'MZ', {}, 415, 'UPLOAD_TYPE'],
    ['.csv', csv, {}, 415, 'UPLOAD_TYPE'],
    ['zip.csv', Buffer.from('504b030414000000', 'hex'), {}, 415, 'UPLOAD_TYPE'],
    ['text.zip', csv, {}, 415, 'UPLOAD_TYPE'],
    ['text.csv.gz', csv, {}, 415, 'UPLOAD_TYPE'],
    ['empty.csv', '', {}, 422, 'FILE_EMPTY'],
    ['bytes.csv', Buffer.from([1, 0, 2, 0, 0, 0, 9]), {}, 422, 'FILE_NOT_TEXT'],
    ['strange.csv', 'colour,shape\nred,round\n', {}, 422, 'TABLE_UNKNOWN'],
    ['large.csv', `${csv}${'z,z\n'.repeat(100_000)}`, {}, 413, 'UPLOAD_TOO_LARGE'],
    ['cut.zip', Buffer.from('504b03041400000008000000', 'hex'), {}, 422, 'ARCHIVE_DAMAGED'],
    ['p.csv', csv, { type: 'unicorns' }, 400, 'REQUEST_INVALID'],
    ['p.csv', csv, { mode: 'replace' }, 400, 'REQUEST_INVALID'],
    ['p.csv', csv, { dry_run: 'perhaps' }, 400, 'REQUEST_INVALID'],
    ['p.csv', csv, { colour: 'red' }, 400, 'REQUEST_INVALID'],
    ['p.csv', csv, { source: '../up' }, 400, 'SOURCE_NAME'],
    ['p.csv', csv, { mapping: 'nowhere' }, 404, 'MAPPING_NOT_FOUND'],
    ['p.csv', csv, { mapping: '{"columns": 1}' }, 422, 'MAPPING_INVALID'],
  ])('%s %#', async (name, content, fields, status, code) => {
    expect(await refused({ name, content, fields })).toEqual([status, code]);
  });

  test('a zip that holds more than it says, or names that lead out of it', async () => {
    const bomb = await zipOf({ 'patients.csv': `${csv}${'z,z\n'.repeat(30_000_000)}` });
    expect(bomb.length).toBeLessThan(300_000);
    expect(await refused({ name: 'bomb.zip', content: bomb })).toEqual([422, 'ARCHIVE_BOMB']);
    const climbing = (await zipOf({ 'aa/evil.csv': csv })).toString('latin1').replaceAll('aa/evil', '../evil');
    expect(await refused({ name: 'up.zip', content: Buffer.from(climbing, 'latin1') })).toEqual([
      422,
      'ARCHIVE_UNSAFE_NAME',
    ]);
  });

  test('what is no form, has no file or two, or another field for it', async () => {
    const { server } = house;
    const post = async (payload: string | Buffer, type: string) => {
      const answer = await server.inject({
        method: 'POST',
        url: '/api/upload',
        payload,
        headers: { 'content-type': type },
      });
      return [answer.statusCode, JSON.parse(answer.body).code];
    };
    const part = (name: string, file?: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n\r\n${csv}\r\n`;
    const form = 'multipart/form-data; boundary=b';
    expect(await post('{}', 'application/json')).toEqual([415, 'REQUEST_MEDIA_TYPE']);
    expect(await post(csv, 'text/csv')).toEqual([415, 'REQUEST_MEDIA_TYPE']);
    expect(await post(`${part('type')}--b--\r\n`, form)).toEqual([400, 'REQUEST_INVALID']);
    expect(await post(`${part('upload', 'p.csv')}--b--\r\n`, form)).toEqual([400, 'REQUEST_INVALID']);
    const two = await post(`${part('file', 'a.csv')}${part('file', 'b.csv')}--b--\r\n`, form);
    expect(two[0]).toBe(413);
    expect(await waiting()).toEqual([]);
  });
});

test.each([
  ['../../../etc/passwd.csv', 'passwd.csv'],
  ['C:\\Users\\ann\\visits.csv', 'visits.csv'],
  ['a\u202etxt.csv', 'a_txt.csv'],
  ['--flag.csv', 'flag.csv'],
  ['Krankenhaus Süd – März.csv', 'Krankenhaus Süd – März.csv'],
  [`${'ä'.repeat(300)}.csv.gz`, `${'ä'.repeat(96)}.csv.gz`],
])('the name %s is made safe', async (name, safe) => {
  const content = safe.endsWith('.gz') ? gzipSync(patients()) : patients();
  const { body } = await send({ name, content, fields: { type: 'patients' } });
  expect(body.upload?.file).toBe(safe);
  expect(body.upload.state).toBe('landed');
});

test('uploads are listed, the newest first, page by page and by state', async () => {
  await send({ name: 'listed.csv', content: patients() });
  await send({ name: 'refused.csv', content: 'colour\nred\n' });
  const { body } = await ask('GET', '/api/uploads?limit=1');
  expect(body).toMatchObject({
    count: 1,
    uploads: [{ file: 'refused.csv', state: 'refused', error: { code: 'TABLE_UNKNOWN' } }],
  });
  const next = await ask('GET', `/api/uploads?limit=1&after=${body.next}`);
  expect(next.body.uploads[0].file).toBe('listed.csv');
  const refused = await ask('GET', '/api/uploads?state=refused');
  expect(refused.body.uploads.every(({ state }: { state: string }) => state === 'refused')).toBe(true);
  const unknown = await ask('GET', '/api/uploads/nothing');
  expect([unknown.status, unknown.body.code]).toEqual([404, 'UPLOAD_NOT_FOUND']);
});

test('who sent what is in the audit log before it lands', async () => {
  const { body } = await send({ name: 'noted.csv', content: patients() });
  const { lines } = (await ask('GET', '/api/audit?action=upload&limit=1')).body;
  expect(lines[0]).toMatchObject({ action: 'upload', outcome: 'done', table: 'uploads', ids: [body.upload.id] });
  expect(lines[0].detail).toContain(body.upload.sha256);
});
