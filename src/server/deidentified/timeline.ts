// What happened to one patient, who is known by a code: the years of it, in the order in which it happened.
import type { FastifyRequest } from 'fastify';
import { matching, placeholder } from '../../analytics/deidentify/select.js';
import { type Page, readPage, type Source } from '../../analytics/rows/rows.js';
import type { Column } from '../../analytics/rows/value.js';
import { fieldNamed, tableNamed } from '../../catalog/catalog.js';
import { disclosureOf } from '../../catalog/deidentified.js';
import { rowsOf } from '../../engine/engine.js';
import { literal } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import { answerOf } from '../answer/answer.js';
import { pageRequest } from '../answer/list.js';
import { typedRows } from '../records/list.js';
import { eventColumns, eventsOf } from '../timeline/events.js';
import { deidentifying, identified, withCodes, withPlaces } from './rows.js';

const named = (name: string) => eventColumns.filter((column) => column.name === name);

export const toldEventColumns: readonly Column[] = [
  ...named('kind'),
  { name: 'year', type: 'integer', description: 'The year of it alone.' },
  ...named('order'),
  { name: 'visit_id', type: 'text', description: 'The code of the visit that it belongs to; of a stay the first.' },
  { name: 'id', type: 'text', description: 'The code of the visit, stay or prescription itself.' },
  { name: 'code', type: 'text', description: 'Of the diagnosis, procedure, observation or drug.' },
  {
    name: 'detail',
    type: 'text',
    description: 'The type of a visit, the end of a stay, the chapter of a diagnosis, the number of an observation.',
  },
];

export const toldEventOrder = ['-year', '-order', 'kind', 'visit_id', 'id', 'code', 'detail'];

const coded = ['visit_id', 'id'];

type Asked = Readonly<Record<string, unknown>>;

/** Of a request that `reads: 'records'`. @throws ROW_NOT_FOUND, REQUEST_INVALID */
export async function deidentifiedTimeline(request: FastifyRequest, code: string, query: Asked): Promise<Page> {
  const { publication, typed, engine } = answerOf(request);
  const secret = await deidentifying(request);
  const { patient, source } = await patientOf(request, code, secret.salt);
  const events = eventsOf(patient, source, {
    paths: (table) => publication?.tables[table]?.paths ?? [],
    typed: (table) => typedRows(typed, table),
  });
  const asked = pageRequest(await withPlaces(request, query, coded), toldEventColumns, toldEventOrder);
  return withCodes(request, await readPage(engine, told(events, secret.salt), asked), coded);
}

function told(events: Source, salt: string): Source {
  const patternOf = (table: string, field: string): string => {
    const disclosure = disclosureOf(fieldNamed(tableNamed(table), field));
    return disclosure?.as === 'matching' ? disclosure.pattern : 'nothing';
  };
  const codes = [
    ['visit', patternOf('visits', 'diagnosis_code')],
    ['diagnosis', patternOf('diagnoses', 'diagnosis_code')],
    ['procedure', patternOf('procedures', 'procedure_code')],
    ['observation', patternOf('observations', 'observation_code')],
    ['prescription', patternOf('prescriptions', 'drug_code')],
  ] as const;
  const byKind = codes.map(([kind, pattern]) => `when ${literal(kind)} then ${matching('e.code', pattern)}`).join(' ');
  return {
    name: 'deidentified/timeline',
    columns: toldEventColumns.map(({ name }) => name),
    relation: `(select e.kind, cast(year(e.date) as bigint) as year, e."order",
  ${placeholder('e.visit_id', 'visits')} as visit_id,
  case e.kind when 'prescription' then ${placeholder('e.id', 'prescriptions')} else ${placeholder('e.id', 'visits')} end as id,
  case e.kind ${byKind} end as code,
  case when e.kind in ('visit', 'stay', 'diagnosis') then e.detail
    when e.kind = 'observation' then nullif(regexp_extract(e.detail, '^([<>]?=?-?[0-9]{1,5}([.][0-9]{1,4})?)( |$)', 1), '') end as detail
from ${events.relation} as e)`,
    inputs: events.inputs,
    parameters: { ...events.parameters, salt },
  };
}

/** @throws ROW_NOT_FOUND, of a code that was never given as of one whose patient is gone */
async function patientOf(request: FastifyRequest, code: string, salt: string) {
  const place = await (await request.server.crosswalk()).placeOf(code);
  const { relation, inputs, parameters } = identified(request, 'patients');
  const { engine } = answerOf(request);
  const [found] =
    place === undefined
      ? []
      : await rowsOf<{ patient: string; source: string }>(engine, {
          name: 'deidentified/patient',
          sql: `select r.patient_id as patient, r.source from ${relation} as r
where ${placeholder('r.patient_id', 'patients')} = $place limit 1`,
          inputs,
          parameters: { ...parameters, salt, place },
        });
  if (found) return found;
  throw new CarelakeError('ROW_NOT_FOUND', `There is no patient of the code ${code.slice(0, 100)}.`);
}
