// carelake runs: the runs that are kept.
import { readCurrent, readRuns } from '../../pipeline/publish/manifest.js';
import { summaryOf } from '../../pipeline/publish/status.js';
import { command, running } from '../command.js';
import { textTable } from '../output.js';

export const runs = command({
  name: 'runs',
  summary: 'The runs that are kept, newest first',
  examples: ['runs', 'runs --json'],
}).action(
  running<object, []>(async ({ app, output }) => {
    const published = (await readCurrent(app.lake))?.manifest.id;
    const list = (await readRuns(app.lake)).map((run) => summaryOf(run, published));
    output.result({ runs: list }, () =>
      list.length === 0
        ? 'No run is kept yet. Start with carelake ingest PATH, then carelake run.'
        : textTable(
            ['run', 'as of', 'finished', 's', 'grade', 'patients', 'visits', ''],
            list.map((run) => [
              run.id,
              run.as_of,
              run.finished_at.replace('T', ' ').slice(0, 19),
              Number((run.ms / 1000).toFixed(1)),
              run.grade ?? '',
              run.tables.patients?.rows ?? 0,
              run.tables.visits?.rows ?? 0,
              run.published ? 'published' : '',
            ]),
          ),
    );
  }),
);
