// The figures of the rounds as a Markdown table.

/** The best of each figure over the rounds: other work on the machine only ever makes them worse. Peak memory: the worst. */
export const best = (rounds) => ({
  seconds: Math.min(...rounds.map(({ seconds }) => seconds)),
  cpu: Math.min(...rounds.map(({ cpu }) => cpu)),
  megabytes: Math.max(...rounds.map(({ megabytes }) => megabytes)),
});

export function markdown(rows, megabytes) {
  const lines = rows.map(({ name, patients, command, best: { seconds, cpu, megabytes: peak } }) => {
    const ours = rows.find((row) => row.patients === patients).best.seconds;
    const cells = [
      name,
      patients.toLocaleString('en-US'),
      seconds.toFixed(1),
      cpu.toFixed(1),
      (seconds / ours).toFixed(2),
      String(Math.round(peak)),
      `\`${command}\``,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const rounds = rows[0].rounds.length;
  const heading = `The ${rows[0].patients.toLocaleString('en-US')} patients are ${megabytes} MB of CSV; best of ${rounds}.`;
  return [
    heading,
    '',
    '| program | patients | seconds | processor seconds | × ours | peak MB | command |',
    '|---|---:|---:|---:|---:|---:|---|',
    ...lines,
  ].join('\n');
}
