// Predictions and their outcomes in SQLite: rows that are only ever added.
import type { KeptPrediction, Outcome, Prediction, PredictionQuery, Predictions } from '../predictions.js';
import type { Connection } from './connection.js';

type Parameter = string | number | null;

interface StoredPrediction {
  readonly id: string;
  readonly model: string;
  readonly version: string;
  readonly input_hash: string;
  readonly inputs: string | null;
  readonly result: string;
  readonly at: string;
  readonly patient: string | null;
  readonly outcome_value: string | null;
  readonly outcome_run: string | null;
  readonly outcome_at: string | null;
}

/** How many rows one statement writes or reads: each of its values is a parameter, of which SQLite takes 32,766. */
const pageSize = 500;

export function sqlitePredictions(connection: Connection, workspace: string): Predictions {
  return {
    async keep(predictions) {
      await insertAll(connection, 'predictions', predictionColumns, predictions, (one) => [
        ...[workspace, one.id, one.model, one.version, one.inputHash],
        one.inputs === null ? null : JSON.stringify(one.inputs),
        ...[JSON.stringify(one.result), one.at, one.patient],
      ]);
    },
    mature: (outcomes) =>
      insertAll(connection, 'outcomes', outcomeColumns, outcomes, (one) => [
        ...[workspace, one.prediction, JSON.stringify(one.value), one.run, one.at],
      ]),
    async *read(query) {
      const { sql, parameters } = conditionsOf(workspace, query);
      let place: [string, string] | undefined;
      for (;;) {
        const page = await connection.all<StoredPrediction>(
          `select p.*, o.value as outcome_value, o.run as outcome_run, o.at as outcome_at ${sql}
${place ? 'and (p.at, p.id) > (?, ?)' : ''} order by p.at, p.id limit ${pageSize}`,
          [...parameters, ...(place ?? [])],
        );
        for (const row of page) yield predictionOf(row);
        const last = page.at(-1);
        if (!last || page.length < pageSize) return;
        place = [last.at, last.id];
      }
    },
    async count(query) {
      const { sql, parameters } = conditionsOf(workspace, query);
      return (await connection.get<{ total: number }>(`select count(*) as total ${sql}`, parameters))?.total ?? 0;
    },
  };
}

const predictionColumns = [
  ...['workspace', 'id', 'model', 'version', 'input_hash', 'inputs', 'result', 'at', 'patient'],
];
const outcomeColumns = ['workspace', 'prediction', 'value', 'run', 'at'];

/** Returns how many were not there before. */
async function insertAll<Item>(
  connection: Connection,
  table: string,
  columns: readonly string[],
  items: readonly Item[],
  parametersOf: (item: Item) => Parameter[],
): Promise<number> {
  let added = 0;
  const places = `(${columns.map(() => '?').join(', ')})`;
  for (let at = 0; at < items.length; at += pageSize) {
    const some = items.slice(at, at + pageSize);
    const { changes } = await connection.run(
      `insert into ${table} (${columns.join(', ')}) values ${some.map(() => places).join(', ')} on conflict do nothing`,
      some.flatMap(parametersOf),
    );
    added += changes;
  }
  return added;
}

function conditionsOf(workspace: string, { model, version, from, before, matured, known }: PredictionQuery) {
  const conditions: [string, Parameter][] = [
    ['p.workspace = ?', workspace],
    ['p.model = ?', model],
    ...(version === undefined ? [] : [['p.version = ?', version] as [string, Parameter]]),
    ...(from === undefined ? [] : [['p.at >= ?', from] as [string, Parameter]]),
    ...(before === undefined ? [] : [['p.at < ?', before] as [string, Parameter]]),
  ];
  const nulls = [
    ...(matured === undefined ? [] : [` and o.prediction is ${matured ? 'not ' : ''}null`]),
    ...(known === undefined ? [] : [` and p.patient is ${known ? 'not ' : ''}null`]),
  ];
  return {
    sql: `from predictions as p left join outcomes as o on o.workspace = p.workspace and o.prediction = p.id
where ${conditions.map(([sql]) => sql).join(' and ')}${nulls.join('')}`,
    parameters: conditions.map(([, parameter]) => parameter),
  };
}

function predictionOf(row: StoredPrediction): KeptPrediction {
  return {
    id: row.id,
    model: row.model,
    version: row.version,
    inputHash: row.input_hash,
    inputs: row.inputs === null ? null : (JSON.parse(row.inputs) as Prediction['inputs']),
    result: JSON.parse(row.result) as Prediction['result'],
    at: row.at,
    patient: row.patient,
    outcome:
      row.outcome_value === null
        ? null
        : {
            prediction: row.id,
            value: JSON.parse(row.outcome_value) as Outcome['value'],
            run: row.outcome_run ?? '',
            at: row.outcome_at ?? '',
          },
  };
}
