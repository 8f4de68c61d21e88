import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { killedWhileTyping } from './killed-while-typing.js';

killedWhileTyping({
  kills: Number(process.env.CARELAKE_TEST_KILLS ?? 12),
  writers: 50,
  settings: {},
  open: ({ path }) => openSqliteRecords({ file: `${path}/carelake-data/records.sqlite`, workspace: 'default' }),
});
