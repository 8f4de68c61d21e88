// A published run for tests of models: files in, the facts of its sources and the rows of a model's table out.
import { rowsOf } from '../../src/engine/engine.js';
import { modelSql } from '../../src/models/features/compile.js';
import { type ModelTable, modelTables, type SourceFacts, sourceFacts } from '../../src/models/features/facts.js';
import type { ModelPlan, Purpose } from '../../src/models/plan.js';
import { stepFiles } from '../../src/pipeline/runner.js';
import { openWorkspace, type Row, type Workspace } from '../pipeline/harness.js';

export interface ModelPlace {
  readonly workspace: Workspace;
  tables(): Promise<Record<ModelTable, string[]>>;
  facts(source?: string): Promise<SourceFacts>;
  /** The rows of a model's table, by case. */
  rows(plan: ModelPlan, purpose?: Purpose): Promise<Map<string, Row>>;
}

/** Lands the files, each set by itself, and runs the pipeline. Whoever opens it closes its workspace. */
export async function openModelPlace(...sets: readonly Readonly<Record<string, string>>[]): Promise<ModelPlace> {
  const workspace = await openWorkspace();
  const { lake, engine } = workspace;
  for (const files of sets) await workspace.land(files);
  await workspace.run();
  const tables = async () => {
    const { tables: made } = await workspace.manifest();
    const files = modelTables.map(async (name) => [name, await stepFiles(lake, made[name]?.step ?? '')] as const);
    return Object.fromEntries(await Promise.all(files)) as Record<ModelTable, string[]>;
  };
  return {
    workspace,
    tables,
    async facts(source = 'default') {
      const { as_of } = await workspace.manifest();
      const found = (await sourceFacts(engine, await tables(), as_of)).find((facts) => facts.source === source);
      if (!found) throw new Error(`No source ${source}.`);
      return found;
    },
    async rows(plan, purpose = 'learn') {
      const sql = modelSql(plan, purpose, engine.dialect);
      const rows = await rowsOf<Row & { case_id: string }>(engine, { name: 'test', sql, inputs: await tables() });
      return new Map(rows.map((row) => [row.case_id, row]));
    },
  };
}
