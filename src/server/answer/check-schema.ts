// The shape of a quality check.
import { Type } from 'typebox';
import { checkNamed } from '../../catalog/checks.js';

const orNull = Type.Union([Type.String(), Type.Null()]);

export const checkSchema = {
  id: Type.String({ description: 'Does not change.' }),
  class: Type.Enum(['conformance', 'completeness', 'plausibility']),
  category: Type.String(),
  severity: Type.Enum(['critical', 'major', 'minor']),
  table: orNull,
  field: orNull,
  threshold: Type.Number({ description: 'The largest share of failed rows with which it passes.' }),
  explanation: orNull,
};

export const checkExample = exampleOf('visits.severity_score.range');

function exampleOf(named: string) {
  const check = checkNamed(named);
  if (!check) throw new Error(`The catalog has no check ${named}.`);
  const { look: _, ...said } = check;
  return said;
}
