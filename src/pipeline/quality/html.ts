// The report of a run's quality as one HTML file that needs nothing else: no script, no font, no address. It holds counts
// only, nothing of a patient, so that it can be handed on.
import { checkNamed } from '../../catalog/checks.js';
import { counted, escaped, percent, reportPage } from '../../report-page/page.js';
import type { RunQuality, TrendPoint } from './read.js';
import type { CheckResult } from './score.js';

/** @param trend Oldest first. */
export function qualityHtml(workspace: string, report: RunQuality, trend: readonly TrendPoint[]): string {
  const of = (status: CheckResult['status']) => report.checks.filter((check) => check.status === status);
  const [failed, waived, passed, idle] = [of('failed'), of('waived'), of('passed'), of('not applicable')];
  const tables = [...new Set(report.checks.map(({ table }) => table))];
  const title = `Data quality of ${workspace}, run ${report.run}`;
  const main = `<div class="grade"><strong>${report.grade}</strong>
<p>Score ${report.score.toFixed(1)} of 100, as of ${escaped(report.as_of)}.<br>
<span class="failed">${failed.length} failed</span>, <span class="waived">${waived.length} waived</span>,
<span class="passed">${passed.length} passed</span>, <span class="quiet">${idle.length} not applicable</span>.${report.published ? '' : '<br>This run is not published.'}</p></div>
<h2>What failed</h2>
${failed.length === 0 ? '<p>No check failed.</p>' : checkTable('Checks that failed', failed)}
${waived.length === 0 ? '' : `<h2>What is waived</h2>\n${checkTable('Checks that fail and are waived for now', waived)}`}
<h2>Course</h2>
${course(trend)}
<h2>All checks</h2>
${tables.map((table) => tableSection(table, report.checks)).join('\n')}
<p class="quiet">A check passes where the share of failed rows is not above its threshold. Classes after Kahn et al. 2016, eGEMs 4:1244.</p>`;
  return reportPage(title, main, style);
}

function tableSection(table: string | null, checks: readonly CheckResult[]): string {
  const own = checks.filter((check) => check.table === table);
  const asked = own.filter(({ status }) => status !== 'not applicable');
  const name = table ?? 'records that could not be read';
  const left = own.length - asked.length;
  const rest = left === 0 ? '' : `<p class="quiet">${left} more had nothing to look at.</p>`;
  const body = asked.length === 0 ? '' : checkTable(`Checks of ${name}`, asked);
  return `<details><summary>${escaped(name)}: ${asked.length}</summary>\n${body}${rest}</details>`;
}

function checkTable(caption: string, checks: readonly CheckResult[]): string {
  return `<div class="wide"><table><caption>${escaped(caption)}</caption>
<thead><tr><th scope="col">check</th><th scope="col">class</th><th scope="col">severity</th><th scope="col" class="number">failed</th><th scope="col" class="number">of</th><th scope="col" class="number">share</th><th scope="col" class="number">threshold</th><th scope="col">result</th></tr></thead>
<tbody>
${checks.map(checkRow).join('\n')}
</tbody></table></div>`;
}

function checkRow(check: CheckResult): string {
  const { id, status, severity, failed_rows: failed, total_rows: total, threshold, waiver } = check;
  const why = waiver
    ? `<br>${waiver.expired ? 'was waived until' : 'waived until'} ${escaped(waiver.until)}: ${escaped(waiver.reason)}`
    : '';
  return `<tr><td><code>${escaped(id)}</code><br><span class="quiet">${escaped(checkNamed(id)?.explanation ?? '')}</span>${why}</td><td>${check.class}</td><td>${severity}</td><td class="number">${counted(failed)}</td><td class="number">${counted(total)}</td><td class="number">${percent(total === 0 ? 0 : failed / total)}</td><td class="number">${percent(threshold)}</td><td class="${status.replace(' ', '-')}">${status}</td></tr>`;
}

const width = 720;
const height = 160;

/** The scores of the runs as a line and as a table; one run alone has no course. */
function course(trend: readonly TrendPoint[]): string {
  const x = (n: number) => 40 + (n * (width - 60)) / Math.max(1, trend.length - 1);
  const y = (score: number) => 10 + ((100 - score) * (height - 30)) / 100;
  const points = trend.map(({ score }, n) => `${x(n).toFixed(1)},${y(score).toFixed(1)}`);
  const lines = [0, 50, 100].map(
    (score) =>
      `<line class="axis" x1="40" x2="${width - 20}" y1="${y(score)}" y2="${y(score)}"/><text x="8" y="${y(score) + 4}">${score}</text>`,
  );
  const dots = trend.map(
    ({ run, grade, score }, n) =>
      `<circle cx="${x(n).toFixed(1)}" cy="${y(score).toFixed(1)}" r="4"><title>${escaped(run)}: ${grade}, ${score.toFixed(1)}</title></circle>`,
  );
  const drawing = `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Score of each run">${lines.join('')}<polyline class="course" points="${points.join(' ')}"/>${dots.join('')}</svg>`;
  const rows = trend
    .toReversed()
    .map(
      ({ run, as_of, grade, score, failed, published }) =>
        `<tr><td><code>${escaped(run)}</code></td><td>${escaped(as_of)}</td><td>${grade}</td><td class="number">${score.toFixed(1)}</td><td class="number">${failed}</td><td>${published ? '' : 'not published'}</td></tr>`,
    );
  return `${trend.length > 1 ? drawing : ''}
<div class="wide"><table><caption>Runs that are kept, newest first</caption><thead><tr><th scope="col">run</th><th scope="col">as of</th><th scope="col">grade</th><th scope="col" class="number">score</th><th scope="col" class="number">failed checks</th><th scope="col"></th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

const style = `
.grade { display: flex; gap: 1.5rem; align-items: center; flex-wrap: wrap; } .grade strong { font-size: 4rem; line-height: 1; }
th:first-child, td:first-child { min-width: 15rem; }
svg .course { stroke: var(--mark); fill: none; stroke-width: 2; }
`;
