// The figures of the rounds as a Markdown table: the minimum of each, since other work only ever makes them worse.

const least = (rounds, of) => Math.min(...rounds.map(of));

export function growth({ names, sizes, patientsOf, rounds, landed }) {
  const smallest = Math.min(...sizes);
  const lines = names.flatMap((name) => {
    const figures = (size) => {
      const own = rounds.get(`${name} ${size}`);
      return {
        seconds: least(own, ({ seconds }) => seconds),
        cpu: least(own, ({ cpu, sparkCpu }) => cpu + sparkCpu),
        own: least(own, ({ cpu }) => cpu),
        megabytes: Math.max(...own.map(({ megabytes }) => megabytes)),
      };
    };
    const first = figures(smallest);
    return sizes.map((size) => {
      const { seconds, cpu, own, megabytes } = figures(size);
      const ingest = landed.get(`${name} ${size}`);
      const cells = [
        name,
        patientsOf(size).toLocaleString('en'),
        ingest ? ingest.seconds.toFixed(1) : '',
        seconds.toFixed(1),
        (seconds / first.seconds).toFixed(2),
        cpu.toFixed(1),
        (cpu / first.cpu).toFixed(2),
        own.toFixed(1),
        megabytes.toFixed(0),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  });
  return [
    '| placement | patients | ingest s | run s | × smallest | processor s, with Spark | × smallest | of these our process | our peak MB |',
    '| --------- | -------: | -------: | ----: | ---------: | ----------------------: | ---------: | -------------------: | ----------: |',
    ...lines,
  ].join('\n');
}
