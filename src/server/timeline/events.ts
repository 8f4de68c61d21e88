// What happened to one patient as one relation: of each kind of event a SELECT with the same columns.
import { overlaid, type TypedRow } from '../../analytics/rows/overlay.js';
import type { Source } from '../../analytics/rows/rows.js';
import type { Column } from '../../analytics/rows/value.js';
import { publishedTableNamed } from '../../catalog/catalog.js';
import { type RecordTable, recordTables } from '../../records/entry.js';

export interface Happenings {
  /** The Parquet files of a published table; none where nothing is published. */
  paths(table: string): readonly string[];
  /** What was typed since. */
  typed(table: RecordTable): readonly TypedRow[];
}

const eventKinds = ['visit', 'stay', 'diagnosis', 'procedure', 'observation', 'prescription'] as const;

const kindColumn: Column = {
  name: 'kind',
  type: 'text',
  description: 'What happened.',
  values: eventKinds.map((value) => ({ value, synonyms: [] })),
};

export const eventColumns: readonly Column[] = [
  kindColumn,
  {
    name: 'date',
    type: 'date',
    description: 'The day; of a stay that of admission. Missing where a source has no dates.',
  },
  {
    name: 'order',
    type: 'integer',
    description: 'The order of a visit where its source has no dates; the rank of a diagnosis.',
  },
  { name: 'visit_id', type: 'text', description: 'The visit that it belongs to; of a stay the first.' },
  { name: 'id', type: 'text', description: 'Its own identifier, where it has one.' },
  { name: 'code', type: 'text', description: 'Of the diagnosis, procedure, observation or drug.' },
  { name: 'description', type: 'text', description: 'What it was, in words.' },
  {
    name: 'detail',
    type: 'text',
    description: 'The type of a visit, the end of a stay, the chapter of a diagnosis, a value with its unit, a dosage.',
  },
];

/** By which events are told apart, the newest first. */
export const eventOrder = ['-date', '-order', 'kind', 'visit_id', 'id', 'code', 'description', 'detail'];

/** The table that holds events of a kind, and its columns as those of an event. */
const selections: Readonly<Record<(typeof eventKinds)[number], readonly [table: string, columns: string]>> = {
  visit: [
    'visits',
    'visit_date as date, visit_order as "order", visit_id, visit_id as id, diagnosis_code as code, diagnosis_description as description, visit_type as detail',
  ],
  stay: [
    'stays',
    'admitted_on as date, stay_order as "order", first_visit_id as visit_id, stay_id as id, null as code, null as description, discharge_disposition as detail',
  ],
  diagnosis: [
    'diagnoses',
    '(select v.visit_date from visits as v where v.visit_id = t.visit_id and v.source = t.source) as date, rank as "order", visit_id, null as id, diagnosis_code as code, diagnosis_description as description, disease as detail',
  ],
  procedure: [
    'procedures',
    'procedure_date as date, rank as "order", visit_id, null as id, procedure_code as code, procedure_description as description, null as detail',
  ],
  observation: [
    'observations',
    `observation_date as date, null as "order", visit_id, null as id, observation_code as code, observation_description as description, nullif(concat_ws(' ', value, unit), '') as detail`,
  ],
  prescription: [
    'prescriptions',
    'prescribed_date as date, null as "order", visit_id, prescription_id as id, drug_code as code, drug_name as description, dosage as detail',
  ],
};

/** @param source Of the patient: keys of other sources are others'. In DuckDB, which the server answers with. */
export function eventsOf(patient: string, source: string, { paths, typed }: Happenings): Source {
  const inputs: Record<string, readonly string[]> = {};
  const parameters: Record<string, string | number> = { patient, source };
  const selects = eventKinds.flatMap((kind) => {
    const [table, columns] = selections[kind];
    const isTyped = (recordTables as readonly string[]).includes(table);
    const rows = isTyped ? typed(table as RecordTable) : [];
    if (paths(table).length === 0 && rows.length === 0) return [];
    const over = overlaid(publishedTableNamed(table), paths(table), rows);
    Object.assign(inputs, over.inputs, kind === 'diagnosis' && { visits: paths('visits') });
    Object.assign(parameters, over.parameters);
    return [
      `select '${kind}' as kind, ${columns} from ${over.relation} as t where t.patient_id = $patient and t.source = $source`,
    ];
  });
  const nothing = `select ${eventColumns.map(({ name }) => `null as "${name}"`).join(', ')} where false`;
  return {
    name: 'timeline',
    columns: eventColumns.map(({ name }) => name),
    relation: `(${selects.length > 0 ? selects.join('\nunion all ') : nothing})`,
    inputs,
    parameters: selects.length > 0 ? parameters : {},
  };
}

/** The rows that events were made of, by table, as the audit log names them: what has no key of its own by its visit. */
export function rowsBehind(
  events: readonly Readonly<Record<string, unknown>>[],
): { readonly table: string; readonly ids: readonly string[] }[] {
  const idsOf = (values: readonly unknown[]) => [...new Set(values.filter((value) => typeof value === 'string'))];
  const ofKind = (kind: string) => idsOf(events.filter((event) => event.kind === kind).map(({ id }) => id));
  return [
    { table: 'visits', ids: idsOf(events.map(({ visit_id }) => visit_id)) },
    { table: 'stays', ids: ofKind('stay') },
    { table: 'prescriptions', ids: ofKind('prescription') },
  ].filter(({ ids }) => ids.length > 0);
}
