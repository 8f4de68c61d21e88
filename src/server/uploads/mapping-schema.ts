// A saved mapping as it is sent and answered.
import { Type } from 'typebox';
import type { Document } from '../../records/documents.js';
import type { SavedMapping } from './mapping.js';

export const mappingBody = Type.Object(
  {
    columns: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer({ minimum: 1 })])),
        {
          description: "table → field → the file's own name of the column, or its position from 1",
        },
      ),
    ),
    dates: Type.Optional(Type.Enum(['dmy', 'mdy'], { description: 'How 03/04/2024 is to be read.' })),
  },
  { examples: [{ columns: { visits: { visit_id: 'Fall-Nr' } }, dates: 'dmy' }] },
);

export const mappingSchema = Type.Object({
  name: Type.String(),
  by: Type.String(),
  at: Type.String({ format: 'date-time' }),
  mapping: mappingBody,
});

export const mappingExample = {
  ...{ name: 'clinic-north', by: 'ann', at: '2026-03-01T08:15:30.123Z' },
  mapping: { columns: { visits: { visit_id: 'Fall-Nr' } }, dates: 'dmy' },
};

export const shownMapping = ({ key, body }: Document<SavedMapping>) => ({ name: key, ...body });
