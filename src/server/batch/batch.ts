// All three models about many patients: their answers as JSON text, each prediction kept before it is given.
import type { KnownCase } from '../../models/features/serve.js';
import type { ModelName } from '../../models/plan.js';
import type { Predictor, Result } from '../../models/predict/predictor.js';
import { keepPredictions } from '../answer/kept-predictions.js';
import type { ServerParts } from '../parts.js';
import type { Batch, BatchOrder, Refusal } from './order.js';

/** What each model is called in an answer. */
const places = { readmission: 'readmission', risk: 'risk_score', progression: 'disease_progression' } as const;

/** Answers in this thread. */
export function openBatch(predictor: Predictor, records: ServerParts['records']): Batch {
  async function resultsOf<Name extends ModelName>(
    name: Name,
    { versions, asked }: BatchOrder,
  ): Promise<(Result<Name> | Refusal)[]> {
    const version: string | Refusal = versions[name];
    if (typeof version !== 'string') return asked.map(() => version);
    const served = await predictor.served(name, version);
    const fields = asked.flatMap((one) => ('fields' in one ? [one.fields] : []));
    const known = asked.flatMap((one) => {
      const own: KnownCase | Refusal | undefined = 'known' in one ? one.known[name] : undefined;
      return own && !('code' in own) ? [own] : [];
    });
    const answers = { fields: predictor.ofFields(served, fields), known: predictor.ofKnown(served, known) };
    const next = { fields: 0, known: 0 };
    return asked.map((one) => {
      if ('code' in one) return one;
      if ('fields' in one) return answers.fields[next.fields++] as Result<Name>;
      const own: KnownCase | Refusal = one.known[name];
      return 'code' in own ? own : (answers.known[next.known++] as Result<Name>);
    });
  }

  return {
    async answer(order) {
      const elements: Record<string, object>[] = order.asked.map(() => ({}));
      for (const name of ['readmission', 'risk', 'progression'] as const) {
        const results = await resultsOf(name, order);
        const given = results.flatMap((one, row) => {
          const asked = order.asked[row];
          return 'answer' in one ? [{ ...one, patient: asked && 'patient' in asked ? asked.patient : null }] : [];
        });
        await keepPredictions({ records }, given);
        for (const [row, one] of results.entries()) (elements[row] as (typeof elements)[0])[places[name]] = shown(one);
      }
      // Of its own memory, so that another thread can hand it over.
      return new TextEncoder().encode(elements.map((element) => JSON.stringify(element)).join(','));
    },
  };
}

function shown(result: Result<ModelName> | Refusal): object {
  if ('answer' in result) return result.answer;
  const { code, message, faults } = 'failure' in result ? result.failure : result;
  return { code, message: [message, ...faults.map((fault) => `${fault.field}: ${fault.message}`)].join('\n') };
}
