// The schema of a model from the table that it will learn from: dictionaries of open categories, and ranges of numbers.
import type { Feature } from '../../catalog/features/feature.js';
import { type Engine, rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import type { ModelPlan } from '../plan.js';
import { type FeatureSchema, type SchemaFeature, schemaOf } from './schema.js';

/** A value of fewer rows tells more of those rows than of the value, and could tell who they are. */
const LEAST_ROWS = 20;
/** What a learner's bins can hold. */
const MOST_VALUES = 250;

/** @param paths The Parquet files of the model's table. */
export async function fitSchema(plan: ModelPlan, engine: Engine, paths: readonly string[]): Promise<FeatureSchema> {
  const inputs = { cases: paths };
  const numbers = plan.features.filter(({ type }) => type === 'number');
  const bounds = numbers.flatMap(({ name }) =>
    ['min', 'max'].map((edge) => `${edge}(${identifier(name)}) as ${identifier(`${edge} ${name}`)}`),
  );
  const sql = `select count(*) as rows${bounds.map((one) => `, ${one}`).join('')} from cases`;
  const [ranges = {}] = await rowsOf<Record<string, number | null>>(engine, { name: 'models/ranges', sql, inputs });
  const described: SchemaFeature[] = [];
  for (const feature of plan.features) {
    const { name, type, unit = null, definition } = feature;
    if (type === 'number') {
      const [least, most] = [ranges[`min ${name}`], ranges[`max ${name}`]];
      described.push({ name, type, unit, definition, seen: least == null || most == null ? null : [least, most] });
    } else {
      described.push({ name, type, unit, definition, dictionary: await dictionaryOf(feature, engine, inputs) });
    }
  }
  return schemaOf(plan, described);
}

/** The values that the catalog allows; else the most frequent of the data, in the order of their texts. */
async function dictionaryOf({ name, values }: Feature, engine: Engine, inputs: { cases: readonly string[] }) {
  if (values) return values.map(({ value }) => value);
  const column = identifier(name);
  const found = await rowsOf<{ value: string }>(engine, {
    name: 'models/dictionary',
    sql: `select value from (
  select value, row_number() over (order by rows desc, value) as place
  from (select ${column} as value, count(*) as rows from cases where ${column} is not null group by ${column}) as counted
  where rows >= ${LEAST_ROWS}
) as placed
where place <= ${MOST_VALUES} order by value`,
    inputs,
  });
  return found.map(({ value }) => value);
}
