// GET /api/patients/:id: one patient, and what their visits amount to.

import { Type } from 'typebox';
import { publishedTableNamed } from '../../../../catalog/catalog.js';
import { rowsOf } from '../../../../engine/engine.js';
import { identifier } from '../../../../engine/sql-text.js';
import { CarelakeError } from '../../../../errors.js';
import { answerOf, runOf } from '../../../answer/answer.js';
import { asOf, asOfSchema } from '../../../answer/as-of.js';
import { rowSchema } from '../../../answer/row-schema.js';
import { problems } from '../../../problem.js';
import type { Route } from '../../../route.js';

const patientSchema = Type.Object({
  success: Type.Literal(true),
  as_of: asOfSchema,
  patient: rowSchema(publishedTableNamed('patients')),
  summary: rowSchema(publishedTableNamed('patient_summary')),
});

const params = Type.Object({
  id: Type.String({
    description: 'As the table shows it; `source:id` of other sources than default.',
    examples: ['P1'],
  }),
});

export const patient: Route = async (app) => {
  const schema = { tags: ['rows'], summary: 'One patient', params, response: { 200: patientSchema, ...problems } };
  app.get('', { schema, config: { reads: 'run' } }, async (request) => {
    const { id } = request.params;
    const { manifest, tables } = runOf(request);
    const { engine } = answerOf(request);
    const rowOf = async (table: string) => {
      const columns = publishedTableNamed(table).columns.map(({ name }) => identifier(name));
      const sql = `select ${columns.join(', ')} from ${table} where patient_id = ${engine.dialect.parameter('id')}`;
      const inputs = { [table]: tables[table]?.paths ?? [] };
      const [row] = await rowsOf<Record<string, never>>(engine, { name: table, sql, inputs, parameters: { id } });
      return row;
    };
    const row = await rowOf('patients');
    const summary = await rowOf('patient_summary');
    if (!row || !summary) throw new CarelakeError('ROW_NOT_FOUND', `patients has no row ${id.slice(0, 200)}.`);
    return { success: true, as_of: asOf(manifest), patient: row, summary };
  });
};
