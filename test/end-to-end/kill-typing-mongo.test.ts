import { afterAll, describe, expect, test } from 'vitest';
import { openMongoRecords } from '../../src/records/mongo/open.js';
import { dropDatabase, hasMongo, newDatabase, uri } from '../records/mongo-server.js';
import { killedWhileTyping } from './killed-while-typing.js';
import { Place } from './place.js';
import { ask, listenTo, startServer } from './server.js';

/** Each takes longer than with SQLite, so that fewer may be asked for. */
const { CARELAKE_TEST_KILLS, CARELAKE_TEST_KILLS_MONGO } = process.env;

describe.skipIf(!hasMongo)('with records in MongoDB (CARELAKE_TEST_MONGO)', () => {
  const database = newDatabase();
  const settingsOf = (name: string) => ({ CARELAKE_RECORDS: 'mongodb', MONGO_URI: uri, MONGO_DB: name });
  afterAll(async () => {
    await dropDatabase(database);
    await dropDatabase(`${database}_typed`);
  });

  test('what is typed is part of the next run, and nothing of it lies beside the lake', async () => {
    const place = await Place.make();
    const environment = { CARELAKE_RUN_AFTER: '0.1', ...settingsOf(`${database}_typed`) };
    const server = await startServer(place, { environment });
    try {
      const events = await listenTo(server.url);
      const typed = { patient_id: 'P1', name: 'Ada', age: 41, gender: 'Female' };
      expect(await ask(`${server.url}/api/patient`, 'POST', typed)).toMatchObject({ status: 201 });
      await events.settled();
      await events.stop();
      const { body } = await ask(`${server.url}/api/patients/P1`);
      expect(body).toMatchObject({ patient: { patient_id: 'P1', name: 'Ada', age_group: '35-49' } });
      expect((await ask(`${server.url}/api/dashboard`)).body.data.summary.totalPatients).toBe(1);
    } finally {
      server.process.kill('SIGTERM');
      await server.end;
    }
    expect(await place.json(['status'], { environment })).toMatchObject({ pending_entries: 0 });
    expect((await place.run(['doctor'], { environment })).stdout).toContain(`/${database}_typed answers`);
    await place.remove();
  }, 60_000);

  killedWhileTyping({
    kills: Number(CARELAKE_TEST_KILLS_MONGO ?? CARELAKE_TEST_KILLS ?? 3),
    writers: 50,
    settings: settingsOf(database),
    open: () => openMongoRecords({ uri, database, workspace: 'default' }),
  });
});
