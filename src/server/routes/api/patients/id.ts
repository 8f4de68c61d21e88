// GET /api/patients/:id: one patient, and what their visits amount to.

import { Type } from 'typebox';
import { publishedTableNamed } from '../../../../catalog/catalog.js';
import { answerOf } from '../../../answer/answer.js';
import { asOf } from '../../../answer/as-of.js';
import { rowSchema } from '../../../answer/row-schema.js';
import { showsRows } from '../../../audit/audited.js';
import { refusals } from '../../../problem.js';
import { requireRecord } from '../../../records/present.js';
import { recordParams, recordSchema } from '../../../records/schema.js';
import type { Route } from '../../../route.js';
import { publishedRow } from '../../../rows/published-row.js';

const summaryTable = publishedTableNamed('patient_summary');

const patientSchema = recordSchema(
  'patients',
  {
    summary: Type.Union([rowSchema(summaryTable), Type.Null()], {
      description: 'As the published run has it; null of a patient that no run has read yet.',
    }),
  },
  { summary: null },
);

export const patient: Route = async (app) => {
  const schema = {
    tags: ['rows'],
    summary: 'One patient, and what their visits amount to',
    params: recordParams,
    response: { 200: patientSchema, ...refusals('ROW_NOT_FOUND', 'NOT_PUBLISHED') },
  };
  const config = { reads: 'records', record: 'patients', permission: 'patients:look-up', audit: 'read' } as const;
  app.get('', { schema, config }, async (request) => {
    const { id } = request.params;
    const [{ row, version }, summary] = await Promise.all([
      requireRecord(request, 'patients', id),
      publishedRow(request, 'patient_summary', id),
    ]);
    showsRows(request, 'patients', 'patient_id', [row]);
    const { publication, typed } = answerOf(request);
    if (!publication) return { success: true, as_of: null, version, patient: row, summary: null };
    return {
      success: true,
      as_of: asOf(publication.manifest, typed.count),
      version,
      patient: row,
      summary: summary ?? null,
    };
  });
};
