// Of learning, models and predictions.
import type { ErrorEntry } from './entry.js';

export const modelsErrors = {
  // learning
  LEARN_DATA: {
    status: 422,
    exit: 1,
    title: 'The data is nothing to learn from',
    fix: 'Give at least one row, columns of the same length, a label that is a number in every row, and weights of 0 or more.',
  },
  LEARN_ONE_CLASS: {
    status: 422,
    exit: 1,
    title: 'Every row has the same outcome',
    fix: 'Learn from data in which the outcome happened to some and not to others.',
  },
  LEARN_NO_COLUMN: {
    status: 422,
    exit: 1,
    title: 'No column says anything',
    fix: 'Give at least one column that is neither empty nor the same in every row.',
  },
  LEARN_OPTION: {
    status: 422,
    exit: 2,
    title: 'An option of the learner is out of its range',
    fix: 'Give the option a value in the range that the message names.',
  },
  LEARN_TASK: {
    status: 422,
    exit: 1,
    title: 'The model answers another kind of question',
    fix: 'Ask a regression for its margins, and models of classes for probabilities.',
  },
  LEARN_COLUMNS: {
    status: 422,
    exit: 1,
    title: 'The columns are not those of the model',
    fix: 'Give every column that the model was trained on, of the same kind, all of one length.',
  },
  LEARN_TOO_LARGE: {
    status: 413,
    exit: 1,
    title: 'The data does not fit into the memory of one training',
    fix: 'Learn from a sample of the rows, from fewer columns, or with fewer leaves: a training has 4 GiB at most.',
  },
  LEARN_FORMAT: {
    status: 422,
    exit: 1,
    title: 'This is no model that can be read',
    fix: 'Give the file as it was written, or use the version of Carelake that wrote it.',
  },
  // models
  MODEL_NO_OUTCOME: {
    status: 422,
    exit: 1,
    title: 'The source cannot show what the model predicts',
    fix: 'Train another model, or one for another source; the message says what the source lacks.',
  },
  MODEL_NO_CASE: {
    status: 404,
    exit: 1,
    title: 'There is nothing of this patient to predict from',
    fix: 'Give an id of the published run whose patient has had a stay or visit, or give the values themselves.',
  },
  MODEL_FEATURES_CHANGED: {
    status: 409,
    exit: 1,
    title: 'The model was trained on features that are now defined otherwise',
    fix: 'Train it again with this version: carelake train.',
  },
  FEATURE_INVALID: {
    status: 422,
    exit: 1,
    title: 'Values that cannot be',
    fix: 'Correct the fields that the errors name; docs/features.md says what each may hold. A field may be left out.',
  },
  FEATURE_EMPTY: {
    status: 422,
    exit: 1,
    title: 'Nothing was given to predict from',
    fix: 'Give at least one field of docs/features.md, or a patient_id.',
  },
  MODEL_SOURCE_UNKNOWN: {
    status: 422,
    exit: 1,
    title: 'There is no such source to learn from',
    fix: 'Name a source that the message lists, or none: then the one with the most visits is taken.',
  },
  MODEL_TOO_FEW: {
    status: 422,
    exit: 1,
    title: 'There are too few cases to learn from',
    fix: 'Bring in more data, or a longer period; with so few cases nobody could say how good the model is.',
  },
  MODEL_UNKNOWN: {
    status: 404,
    exit: 2,
    title: 'There is no such model or version',
    fix: 'carelake models list names those there are.',
  },
  MODEL_NOT_SERVED: {
    status: 503,
    exit: 1,
    title: 'No version of this model is served',
    fix: 'Train it: carelake train. A version that is no better than its baseline, or not calibrated, is not served.',
  },
  MODEL_NOT_GOOD_ENOUGH: {
    status: 409,
    exit: 1,
    title: 'This version may not be served',
    fix: 'Train on more or better data; carelake models card shows how the version did.',
  },
  MODEL_NO_EARLIER: {
    status: 409,
    exit: 1,
    title: 'Nothing was served before',
    fix: 'carelake models list names the versions; carelake models promote serves one of them.',
  },
  TRAINING_RUNNING: {
    status: 409,
    exit: 1,
    title: 'Another training runs',
    fix: 'Wait until it is over, or stop it: /api/jobs names it.',
  },
  TRAINING_ENDED: {
    status: 500,
    exit: 1,
    title: 'A training ended before it had learned anything',
    fix: 'Give it more memory (CARELAKE_MEMORY) or fewer cases (most); what it had not finished is not there.',
  },
  TRAINING_STOPPED: {
    status: 409,
    exit: 1,
    title: 'The training was stopped',
    fix: 'Start it again; what it had not finished is not there.',
  },
  JOB_NOT_FOUND: {
    status: 404,
    exit: 2,
    title: 'There is no such job',
    fix: '/api/jobs lists the last hundred.',
  },
  CSV_ROW: {
    status: 422,
    exit: 1,
    title: 'A row of the file cannot be read',
    fix: 'Correct the line that the message names; the rows before it were answered.',
  },
} as const satisfies Record<string, ErrorEntry>;
