// How long questions about metrics take on a published lake, each asked several times: see bench/README.md.
import { parseArgs } from 'node:util';
import { answerMetrics } from '../../dist/analytics/metrics/metrics.js';
import { openApp } from '../../dist/app.js';
import { metrics } from '../../dist/catalog/metrics.js';
import { readConfiguration } from '../../dist/config.js';

const { values } = parseArgs({
  options: { data: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});
if (!values.data) throw new Error('--data names the folder of a lake that has a published run.');

const of = (table) => metrics.filter((metric) => metric.table === table).map(({ name }) => name);
const questions = {
  'every metric, without groups': { metrics: metrics.map(({ name }) => name) },
  'patients: all metrics by age group and gender': { metrics: of('patient_summary'), by: ['age_group', 'gender'] },
  'visits by month': { metrics: ['total_visits', 'average_severity', 'emergency_visits'], by: ['month'] },
  'visits by gender, of the patient': { metrics: ['total_visits', 'high_severity_visits'], by: ['gender'] },
  'visits by disease, women over 65 in a year': {
    metrics: ['total_visits', 'deaths'],
    by: ['disease'],
    where: { gender: 'Female', age_group: '65+', year: '2025' },
    sort: ['-total_visits'],
  },
  'patients seen by disease': { metrics: ['patients_seen'], by: ['disease'] },
  'stays by facility': { metrics: of('stays'), by: ['facility'] },
  'stays by severity level, of the first visit': { metrics: of('stays'), by: ['severity_level'] },
  'prescriptions by drug category and quarter': { metrics: ['total_prescriptions'], by: ['drug_category', 'quarter'] },
  'prescriptions per visit': { metrics: ['prescriptions_per_visit'] },
  'prescriptions per visit by visit type': { metrics: ['prescriptions_per_visit'], by: ['visit_type'] },
  'visits by month, beside the year before': {
    metrics: ['total_visits', 'new_patients'],
    by: ['month'],
    where: { year: '2025' },
    compare: 'previous',
  },
};

const best = (sorted) => sorted[0];
const median = (sorted) => sorted[Math.floor(sorted.length / 2)];

const { config } = readConfiguration({ flags: { data: values.data } });
const app = await openApp(config);
try {
  const place = { engine: await app.engine(), published: await app.published() };
  const { total } = await answerMetrics({ metrics: ['total_patients', 'total_visits', 'total_prescriptions'] }, place);
  process.stdout.write(
    `${JSON.stringify(total.values)}\n\n| question | groups | best ms | median ms | worst ms | processor ms |\n| --- | ---: | ---: | ---: | ---: | ---: |\n`,
  );
  for (const [name, query] of Object.entries(questions)) {
    const times = [];
    const processor = [];
    let groups = 0;
    for (let round = 0; round < Number(values.rounds); round++) {
      const start = performance.now();
      const before = process.cpuUsage();
      ({ groups } = await answerMetrics(query, place));
      times.push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1000);
    }
    times.sort((a, b) => a - b);
    processor.sort((a, b) => a - b);
    const cells = [groups, best(times), median(times), times.at(-1), median(processor)].map((value) =>
      value.toFixed(0),
    );
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
  }
} finally {
  await app.close();
}
