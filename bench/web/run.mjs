// How long the pages of a demo take: first paint, and until every number and chart is there. Prints a table for results.md.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const program = join(import.meta.dirname, '../../dist/cli/main.js');
const patients = process.argv[2] ?? '12000';
const rounds = 7;
const pages = { Home: '/', Demographics: '/dashboard/demographics', Quality: '/quality', Runs: '/runs' };

const print = (line) => process.stdout.write(`${line}\n`);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const worst = (numbers) => Math.max(...numbers);

/** A visit with an empty cache: milliseconds from navigation to the first contentful paint, and to the last answer drawn. */
async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(
    () => document.querySelector('.card') && !document.querySelector('[role="status"], .waiting'),
    undefined,
    { polling: 'raf' },
  );
  const complete = await page.evaluate(() => performance.now());
  const paint = await page.evaluate(
    () =>
      new Promise((seen) => {
        const watch = new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') seen(startTime);
        });
        watch.observe({ type: 'paint', buffered: true });
      }),
  );
  await context.close();
  return { paint, complete };
}

const data = await mkdtemp(join(tmpdir(), 'carelake-bench-web-'));
const demo = spawn(
  process.execPath,
  [program, 'demo', '--no-train', '--patients', patients, '--data', data, '--port', '5055'],
  {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CARELAKE_AUTH: 'off' },
  },
);
try {
  const url = await new Promise((found, failed) => {
    let said = '';
    demo.stderr.on('data', (text) => {
      said += text;
      const address = /http:\/\/127\.0\.0\.1:[0-9]+/.exec(said);
      if (address) found(address[0]);
    });
    demo.once('exit', () => failed(new Error(`The demo ended: ${said}`)));
  });
  const browser = await chromium.launch({
    executablePath: process.env.CARELAKE_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
  print(`${patients} patients, ${cpus().length} cores, Chromium ${browser.version()}, ${rounds} visits, empty cache\n`);
  print('| page | first paint ms (median, worst) | all numbers ms (median, worst) |\n|---|--:|--:|');
  for (const [name, path] of Object.entries(pages)) {
    const visits = [];
    for (let round = 0; round < rounds; round++) visits.push(await visit(browser, url + path));
    const [paints, completes] = ['paint', 'complete'].map((key) => visits.map((times) => Math.round(times[key])));
    print(`| ${name} | ${median(paints)}, ${worst(paints)} | ${median(completes)}, ${worst(completes)} |`);
  }
  await browser.close();
} finally {
  demo.kill('SIGTERM');
  await rm(data, { recursive: true, force: true });
}
