// Fills the work list by a model: of the patients who were seen lately those whom it judges most urgent, the most probable first.
import type { FastifyRequest } from 'fastify';
import { isCoded } from '../../errors.js';
import type { ModelName } from '../../models/plan.js';
import type { AnswersOf } from '../../models/predict/predictor.js';
import { answerOf, runOf } from '../answer/answer.js';
import { publishedRows } from '../answer/published-rows.js';
import { type Asked, type BatchOrder, type Refusal, refusalOf } from '../batch/order.js';
import { candidates } from './candidates.js';
import { type Item, itemId, type Said } from './item.js';
import { changeBy, putOnList, worklistOf } from './keep.js';
import { dueOf, saidBy, urgent } from './said.js';

/** Patients that are asked about at once. */
const atOnce = 250;

const places = { readmission: 'readmission', risk: 'risk_score', progression: 'disease_progression' } as const;

interface Wanted {
  readonly days: number;
  readonly most: number;
}

export interface Filled {
  /** Patients who were seen in these days. */
  readonly looked_at: number;
  /** Of these the ones whom the model judges urgent. */
  readonly urgent: number;
  readonly added: number;
  /** Urgent ones who are on the list, or were seen to since. */
  readonly there: number;
}

export async function fillWorklist(request: FastifyRequest, name: ModelName, wanted: Wanted): Promise<Filled> {
  const { manifest, tables } = runOf(request);
  const { engine, signal } = answerOf(request);
  const { predictor, parts } = request.server;
  const served = await predictor.served(name);
  const inputs = { patients: tables.patients?.paths ?? [], visits: tables.visits?.paths ?? [] };
  const { source } = served.serving.facts;
  const { patients, since } = await candidates(engine, inputs, { source, days: wanted.days, asOf: manifest.as_of });
  request.audited = { table: 'patients', ids: patients };

  const found: { patient: string; said: Said }[] = [];
  for (let from = 0; from < patients.length; from += atOnce) {
    signal().throwIfAborted();
    const asked = patients.slice(from, from + atOnce);
    const known = await predictor.known(served, asked, publishedRows(answerOf(request), runOf(request)));
    const order: BatchOrder = {
      versions: { ...notAsked, [name]: served.version },
      asked: asked.map((patient, row): Asked => {
        const one = known[row];
        const own = !one || 'failure' in one ? (one ? refusalOf(one.failure) : unasked) : one;
        return { patient, known: { ...notAsked, [name]: own } };
      }),
    };
    const text = new TextDecoder().decode(await parts.batch.answer(order));
    const answers = JSON.parse(`[${text}]`) as Record<string, AnswersOf<ModelName>[number] | Refusal>[];
    for (const [row, elements] of answers.entries()) {
      const answer = elements[places[name]];
      if (!answer || 'code' in answer || !isLate(answer, since)) continue;
      const said = saidBy(answer, manifest.id);
      if (said.prediction === urgent[name]) found.push({ patient: asked[row] as string, said });
    }
  }
  request.server.measures.asked(name, patients.length);
  const counts = await addAll(request, name, found, wanted.most);
  return { looked_at: patients.length, urgent: found.length, ...counts };
}

/** How often the model of risk is to be asked about a patient: twice a year (src/catalog/models.ts). */
const halfYearMs = 182 * 86_400_000;

/** What was done or dismissed stays so until something new has happened to the patient. */
function rests(name: ModelName, { said: before, changed_at }: Item, said: Said): boolean {
  if (before?.case?.id === said.case?.id) return true;
  // Its cases are days, and a new day is nothing that has happened.
  return name === 'risk' && Date.now() - Date.parse(changed_at) < halfYearMs;
}

const unasked: Refusal = { code: 'MODEL_NO_CASE', message: 'It was not asked.', faults: [] };
const notAsked = { readmission: unasked, risk: unasked, progression: unasked };

/** Who was seen lately may have had the stay that the model looks at long before. */
const isLate = ({ case: of }: AnswersOf<ModelName>[number], since: string | null): boolean =>
  since === null || of?.index_date == null || of.index_date >= since;

async function addAll(
  request: FastifyRequest,
  name: ModelName,
  found: readonly { readonly patient: string; readonly said: Said }[],
  most: number,
): Promise<Pick<Filled, 'added' | 'there'>> {
  const items = await worklistOf(request);
  const asked = request.audited;
  let [added, there] = [0, 0];
  for (const { patient, said } of found.toSorted((a, b) => b.said.probability - a.said.probability)) {
    const present = (await items.get(itemId(name, patient)))?.body;
    if (present && (present.state === 'open' || rests(name, present, said))) there += 1;
    else if (added < most) {
      try {
        await putOnList(request, patient, name, { ...changeBy(request), said, due: dueOf(said) });
        added += 1;
      } catch (error) {
        // Somebody else was first.
        if (!isCoded(error, 'WORKLIST_ITEM_EXISTS')) throw error;
        there += 1;
      }
    }
  }
  // That they were asked about is one more line, beside those of what was added.
  request.audited = asked && { ...asked, written: false };
  return { added, there };
}
