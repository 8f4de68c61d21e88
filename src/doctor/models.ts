// Whether the models that are served can be opened, and answer about patients of the published run.
import { type App, publishedBy } from '../app.js';
import { rowsOf } from '../engine/engine.js';
import { logOdds } from '../models/evaluate/log-odds.js';
import { type ModelTable, modelTables } from '../models/features/facts.js';
import type { ModelName } from '../models/plan.js';
import { modelNames } from '../models/plans.js';
import { type AnswersOf, openPredictor, type Predictor, type PublishedRows } from '../models/predict/predictor.js';
import { readServed } from '../models/registry.js';
import { type Manifest, readCurrent } from '../pipeline/publish/manifest.js';
import type { AuditEvent } from '../records/audit/line.js';
import { failureText, type Verdict, verdictOn } from './finding.js';

export async function modelsOpen({ lake }: App): Promise<Verdict> {
  const predictor = openPredictor(lake);
  const faults: string[] = [];
  const said: string[] = [];
  for (const name of modelNames) {
    try {
      const isServed = (await readServed(lake, name)) !== undefined;
      said.push(isServed ? `${name} ${(await predictor.served(name)).version}` : `no ${name}`);
    } catch (error) {
      faults.push(`${name}: ${failureText(error)}`);
    }
  }
  return verdictOn(faults, `served: ${said.join(', ')}`);
}

/** Writes down whose rows are asked about; where it throws, they are not. */
export type Noted = (event: Pick<AuditEvent, 'action' | 'table' | 'ids' | 'detail'>) => Promise<void>;

/** Of so many patients each model is asked, and answers of those of whom it has a case. */
const mostAsked = 100;

/** The run is asked as the server asks it; of it nothing is kept but the audit line. */
export async function modelsPredict(app: App, noted: Noted): Promise<Verdict> {
  const manifest = (await readCurrent(app.lake))?.manifest;
  if (!manifest) return { state: 'ok', detail: 'no run published yet' };
  const published = await publishedRows(app, manifest);
  const predictor = openPredictor(app.lake);
  const faults: string[] = [];
  const said: string[] = [];
  for (const name of modelNames) {
    if (!(await readServed(app.lake, name))) continue;
    try {
      const { answered, wrong } = await ask(predictor, name, published, noted);
      faults.push(...wrong);
      said.push(`${name} about ${answered} patients`);
    } catch (error) {
      faults.push(`${name}: ${failureText(error)}`);
    }
  }
  if (said.length + faults.length === 0) return { state: 'ok', detail: 'no model is served' };
  return verdictOn(faults, `answered, with explanations that sum to them: ${said.join(', ')}`);
}

async function publishedRows({ lake, engine }: App, manifest: Manifest): Promise<PublishedRows> {
  const tables = await publishedBy(manifest, lake, (names) =>
    names.filter((name) => modelTables.some((one) => one === name)),
  );
  const paths = Object.fromEntries(modelTables.map((table) => [table, tables[table]?.paths ?? []]));
  return { engine: await engine(), asOf: manifest.as_of, paths: paths as Record<ModelTable, readonly string[]> };
}

async function ask(predictor: Predictor, name: ModelName, published: PublishedRows, noted: Noted) {
  const served = await predictor.served(name);
  const rows = await rowsOf<{ patient_id: string }>(published.engine, {
    name: 'doctor/patients',
    sql: `select patient_id from patients where source = $source order by patient_id limit ${mostAsked}`,
    inputs: { patients: published.paths.patients },
    parameters: { source: served.serving.schema.source },
  });
  const ids = rows.map((row) => row.patient_id);
  await noted({ action: 'ask', table: 'patients', ids, detail: `${name} ${served.version}` });
  const known = await predictor.known(served, ids, published);
  const wrong: string[] = [];
  let answered = 0;
  for (const [at, result] of predictor.ofKnown(served, known).entries()) {
    if ('answer' in result) {
      answered += 1;
      const fault = faultOf(result.answer);
      if (fault !== undefined) wrong.push(`${name}, patient ${at + 1} of the run: ${fault}`);
    } else if (result.failure.code !== 'MODEL_NO_CASE') wrong.push(`${name}: ${failureText(result.failure)}`);
  }
  return { answered, wrong };
}

/** What rounding may leave. */
const negligible = 1e-6;

function faultOf(answer: AnswersOf<ModelName>[number]): string | undefined {
  if ('probabilities' in answer) {
    const sum = Object.values(answer.probabilities).reduce((all, one) => all + one, 0);
    return Math.abs(sum - 1) <= negligible ? undefined : `its probabilities sum to ${sum}`;
  }
  const probability = 'probability' in answer ? answer.probability : answer.risk_score / 100;
  const explained = answer.explanation.reduce((all, { contribution }) => all + contribution, 0);
  if (Math.abs(explained - logOdds(probability)) <= negligible) return undefined;
  return `its explanation sums to ${explained}, and the log-odds of its probability are ${logOdds(probability)}`;
}
