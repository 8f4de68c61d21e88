// The floors of the house: which room may import which. A room that is not listed here may not exist.

/** Each room with the rooms whose files it may import, beside its own. */
const rooms = {
  catalog: [],
  errors: ['catalog'],
  version: ['catalog'],
  config: ['catalog', 'errors'],
  'process-identity': [],
  'in-parallel': [],
  'report-page': [],
  engine: ['catalog', 'errors', 'in-parallel', 'process-identity'],
  lake: ['errors', 'in-parallel', 'process-identity'],
  records: ['catalog', 'errors'],
  sources: ['catalog', 'errors', 'engine', 'lake', 'records'],
  pipeline: [
    'catalog',
    'errors',
    'version',
    'config',
    'in-parallel',
    'process-identity',
    'report-page',
    'engine',
    'lake',
    'records',
    'sources',
  ],
  models: ['catalog', 'errors', 'report-page', 'engine', 'lake'],
  analytics: ['catalog', 'errors', 'config', 'engine', 'lake'],
};
rooms.app = [...Object.keys(rooms)];
rooms.doctor = [...Object.keys(rooms)];
rooms.backup = [...Object.keys(rooms)];
rooms.server = [...Object.keys(rooms)];
rooms.cli = [...Object.keys(rooms)];

/** Everything in these rooms, whether the room is a folder or one file. */
const inside = (names) => `^src/(${names.join('|')})(/|[.]ts$)`;

/** Drivers, by the file or folder that holds them; only app.ts chooses among them. */
const drivers = {
  engine: ['duckdb', 'spark'],
  lake: ['local', 's3', 'memory'],
  records: ['sqlite', 'mongo', 'memory'],
};

const floors = Object.entries(rooms).map(([room, below]) => ({
  name: `floor-${room}`,
  comment: `${room} may import ${below.length ? below.join(', ') : 'nothing of the other rooms'}.`,
  severity: 'error',
  from: { path: inside([room]) },
  to: { path: '^(src|test|bench|web)/', pathNot: inside([room, ...below]) },
}));

const chosenByApp = Object.entries(drivers).map(([room, names]) => ({
  name: `driver-${room}`,
  comment: `Only src/app.ts names a concrete driver of ${room}; a driver never names its sibling.`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/app[.]ts$`, `^src/${room}/(${names.join('|')})(/|[.]ts$)`] },
  to: { path: `^src/${room}/(${names.join('|')})(/|[.]ts$)` },
}));

const siblings = Object.entries(drivers).flatMap(([room, names]) =>
  names.map((name) => ({
    name: `sibling-${room}-${name}`,
    comment: `The drivers of ${room} do not know one another.`,
    severity: 'error',
    from: { path: `^src/${room}/${name}(/|[.]ts$)` },
    to: { path: `^src/${room}/(${names.filter((other) => other !== name).join('|')})(/|[.]ts$)` },
  })),
);

module.exports = {
  forbidden: [
    ...floors,
    ...chosenByApp,
    ...siblings,
    {
      name: 'learner-is-pure',
      comment: 'The tree learner does no I/O and knows nothing of the catalog; it has coded errors, and threads.',
      severity: 'error',
      from: { path: '^src/models/learn/' },
      to: { pathNot: '^(src/models/learn/|src/errors[.]ts$|(node:)?worker_threads$)' },
    },
    {
      name: 'evaluation-is-pure',
      comment:
        'Figures come from arrays: no I/O, no model, nothing but bounds of the catalog and the shape of the answer.',
      severity: 'error',
      from: { path: '^src/models/evaluate/' },
      to: { pathNot: '^(src/models/evaluate/|src/catalog/|src/errors[.]ts$|node_modules/typebox/)' },
    },
    {
      name: 'known-room',
      comment: 'A file of src/ stands in a room of the plan.',
      severity: 'error',
      from: { path: '^src/', pathNot: inside(Object.keys(rooms)) },
      to: {},
    },
    { name: 'no-cycle', severity: 'error', from: { path: '^(src|web)/' }, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-package',
      comment: 'What ships may import only what package.json lists under dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
