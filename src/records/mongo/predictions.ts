// Predictions in MongoDB: one document for each, into which its outcome is written once.
import type { KeptPrediction, Outcome, Prediction, PredictionQuery, Predictions } from '../predictions.js';
import { predictionCollection } from './collections.js';
import { areDuplicates } from './faults.js';
import { fromNames, toNames } from './names.js';
import { idOf, type Store, type Stored } from './store.js';

interface PredictionDocument extends Stored {
  readonly workspace: string;
  readonly id: string;
  readonly model: string;
  readonly version: string;
  readonly inputHash: string;
  readonly inputs: Prediction['inputs'];
  readonly result: Prediction['result'];
  readonly at: string;
  readonly patient: string | null;
  readonly outcome: Omit<Outcome, 'prediction'> | null;
}

/** How many are written or read at once. */
const pageSize = 500;

export function mongoPredictions(store: Store, workspace: string): Predictions {
  const kept = store.collection<PredictionDocument>(predictionCollection);
  const documentOf = ({ id, inputs, result, ...rest }: Prediction): PredictionDocument => ({
    ...{ _id: idOf(workspace, id), workspace, id, ...rest, outcome: null },
    ...{ inputs: toNames(inputs), result: toNames(result) },
  });

  return {
    async keep(predictions) {
      for (let at = 0; at < predictions.length; at += pageSize) {
        const some = predictions.slice(at, at + pageSize).map(documentOf);
        await store.ask(() =>
          kept.insertMany(some, { ordered: false }).catch((error: unknown) => {
            // What is there already is left as it is.
            if (!areDuplicates(error)) throw error;
          }),
        );
      }
    },
    async mature(outcomes) {
      let added = 0;
      for (let at = 0; at < outcomes.length; at += pageSize) {
        const some = outcomes.slice(at, at + pageSize).map(({ prediction, value, run, at: when }) => ({
          updateOne: {
            filter: { _id: idOf(workspace, prediction), outcome: null },
            update: { $set: { outcome: { value, run, at: when } } },
          },
        }));
        added += (await store.ask(() => kept.bulkWrite(some, { ordered: false }))).modifiedCount;
      }
      return added;
    },
    async *read(query) {
      const filter = filterOf(workspace, query);
      let place: PredictionDocument | undefined;
      for (;;) {
        const after = place && { $or: [{ at: { $gt: place.at } }, { at: place.at, _id: { $gt: place._id } }] };
        const asked = { $and: [filter, after ?? {}] };
        const page = await store.ask(() => kept.find(asked).sort({ at: 1, _id: 1 }).limit(pageSize).toArray());
        for (const one of page) yield predictionOf(one);
        if (page.length < pageSize) return;
        place = page.at(-1);
      }
    },
    count: (query) => store.ask(() => kept.countDocuments(filterOf(workspace, query))),
  };
}

const filterOf = (workspace: string, { model, version, from, before, matured, known }: PredictionQuery) => ({
  ...{ workspace, model },
  ...(version !== undefined && { version }),
  ...((from !== undefined || before !== undefined) && {
    at: { ...(from !== undefined && { $gte: from }), ...(before !== undefined && { $lt: before }) },
  }),
  ...(matured !== undefined && { outcome: matured ? { $ne: null } : null }),
  ...(known !== undefined && { patient: known ? { $ne: null } : null }),
});

const predictionOf = (one: PredictionDocument): KeptPrediction => ({
  ...{ id: one.id, model: one.model, version: one.version, inputHash: one.inputHash },
  ...{ inputs: fromNames(one.inputs), result: fromNames(one.result) },
  ...{ at: one.at, patient: one.patient },
  outcome: one.outcome && { prediction: one.id, value: one.outcome.value, run: one.outcome.run, at: one.outcome.at },
});
