// All routes. The folders below mirror the addresses.

import { recordTables } from '../../records/entry.js';
import { tableList } from '../answer/table-list.js';
import { createRoute } from '../records/create-route.js';
import { historyRoute } from '../records/history-route.js';
import { oneOf } from '../records/present.js';
import { readRoute, writeRoutes } from '../records/record-routes.js';
import type { Route } from '../route.js';
import { metricQuery } from './api/analytics/query.js';
import { catalog } from './api/catalog.js';
import { dashboard } from './api/dashboard.js';
import { errors } from './api/errors.js';
import { events } from './api/events.js';
import { getAnalytics } from './api/get-analytics.js';
import { health } from './api/health.js';
import { behind } from './api/lineage/metric.js';
import { lineage } from './api/lineage.js';
import { batchPredict } from './api/ml/batch-predict.js';
import { loadModels } from './api/ml/load-models.js';
import { diseaseProgression } from './api/ml/predict/disease-progression.js';
import { readmission } from './api/ml/predict/readmission.js';
import { riskScore } from './api/ml/predict/risk-score.js';
import { drift } from './api/models/name/drift.js';
import { card } from './api/models/name.js';
import { models } from './api/models.js';
import { patient } from './api/patients/id.js';
import { failing } from './api/quality/check.js';
import { quality } from './api/quality.js';
import { rejects } from './api/rejects.js';
import { oneRun } from './api/runs/id.js';
import { runs } from './api/runs.js';
import { status } from './api/status.js';

export const routes: Route = async (app) => {
  await app.register(health, { prefix: '/api/health' });
  await app.register(status, { prefix: '/api/status' });
  await app.register(dashboard, { prefix: '/api/dashboard' });
  await app.register(getAnalytics, { prefix: '/api/get-analytics' });
  await app.register(metricQuery, { prefix: '/api/analytics/query' });
  for (const table of recordTables) {
    await app.register(createRoute(table), { prefix: `/api/${oneOf(table)}` });
    await app.register(tableList(table), { prefix: `/api/${table}` });
    if (table !== 'patients') await app.register(readRoute(table), { prefix: `/api/${table}/:id` });
    await app.register(writeRoutes(table), { prefix: `/api/${table}/:id` });
    await app.register(historyRoute(table), { prefix: `/api/${table}/:id/history` });
  }
  await app.register(patient, { prefix: '/api/patients/:id' });
  await app.register(events, { prefix: '/api/events' });
  await app.register(runs, { prefix: '/api/runs' });
  await app.register(oneRun, { prefix: '/api/runs/:id' });
  await app.register(quality, { prefix: '/api/quality' });
  await app.register(failing, { prefix: '/api/quality/:check' });
  await app.register(rejects, { prefix: '/api/rejects' });
  await app.register(lineage, { prefix: '/api/lineage' });
  await app.register(behind, { prefix: '/api/lineage/metric' });
  await app.register(readmission, { prefix: '/api/ml/predict/readmission' });
  await app.register(riskScore, { prefix: '/api/ml/predict/risk-score' });
  await app.register(diseaseProgression, { prefix: '/api/ml/predict/disease-progression' });
  await app.register(batchPredict, { prefix: '/api/ml/batch-predict' });
  await app.register(loadModels, { prefix: '/api/ml/load-models' });
  await app.register(models, { prefix: '/api/models' });
  await app.register(card, { prefix: '/api/models/:name' });
  await app.register(drift, { prefix: '/api/models/:name/drift' });
  await app.register(catalog, { prefix: '/api/catalog' });
  await app.register(errors, { prefix: '/api/errors' });
};
