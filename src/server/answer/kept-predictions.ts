// Every prediction that is given is kept first: what was asked, by which version, what was answered.
import { createHash, randomUUID } from 'node:crypto';
import type { ModelName } from '../../models/plan.js';
import type { AnswersOf, Result } from '../../models/predict/predictor.js';
import type { ServerParts } from '../parts.js';

type Given<Name extends ModelName> = Exclude<Result<Name>, { failure: unknown }> & {
  /** As published; null where only fields were given. */
  readonly patient: string | null;
};

export async function keepPredictions<Name extends ModelName>(
  { records }: Pick<ServerParts, 'records'>,
  given: readonly Given<Name>[],
): Promise<void> {
  if (given.length === 0) return;
  const at = new Date().toISOString();
  const { predictions } = await records();
  await predictions.keep(
    given.map(({ answer, inputs, patient }) => ({
      id: randomUUID(),
      model: answer.model.name,
      version: answer.model.version,
      inputHash: createHash('sha256').update(JSON.stringify(inputs)).digest('hex'),
      inputs,
      result: answer as AnswersOf<Name>[number] & Record<string, unknown>,
      at,
      patient,
    })),
  );
}
