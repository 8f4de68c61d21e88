// Every prediction that was served, and what happened afterwards. Kept for good: nothing here is changed or removed.

export interface Prediction {
  /** Given by who keeps it, a UUID: what is kept twice is there once. */
  readonly id: string;
  /** `readmission`, `risk`, `progression`. */
  readonly model: string;
  readonly version: string;
  /** Of what the model was given, so that equal questions can be told. */
  readonly inputHash: string;
  /** The encoded features, for the drift of inputs; null where they are not to be kept. */
  readonly inputs: Readonly<Record<string, string | number | null>> | null;
  /** The answer, as it was given. */
  readonly result: Readonly<Record<string, unknown>>;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The patient that it is about, where one is known: `source:id` outside the source `default`. */
  readonly patient: string | null;
}

/** What happened, once the time that the model speaks of is over. */
export interface Outcome {
  readonly prediction: string;
  /** As the model's label is: 1 or 0, a class, a number; null where it cannot be known any more. */
  readonly value: string | number | null;
  /** The run that it was read from. */
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface KeptPrediction extends Prediction {
  readonly outcome: Outcome | null;
}

export interface PredictionQuery {
  readonly model: string;
  readonly version?: string;
  /** Predictions made from this time on, ISO 8601 UTC, and before that one. */
  readonly from?: string;
  readonly before?: string;
  /** Only those that have an outcome, or only those that have none. */
  readonly matured?: boolean;
  /** Only those about a known patient, or only the others. */
  readonly known?: boolean;
}

export interface Predictions {
  /** Each is kept whole or not at all. One whose id is there already is left as it is. */
  keep(predictions: readonly Prediction[]): Promise<void>;
  /** The first outcome of a prediction stays. Returns how many of these are new. */
  mature(outcomes: readonly Outcome[]): Promise<number>;
  /** In the order in which they were made, then by id. */
  read(query: PredictionQuery): AsyncIterable<KeptPrediction>;
  /** How many `read` would give. */
  count(query: PredictionQuery): Promise<number>;
}
