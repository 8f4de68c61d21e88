// The looks of every report in HTML. Both schemes keep a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3); paper is light.
const light =
  '--ground: #ffffff; --ink: #1c2430; --quiet: #556070; --line: #d5dbe3; --good: #0b6b3a; --bad: #b3261e; --held: #7a4d00; --mark: #1f5fbf;';
const dark =
  '--ground: #12161c; --ink: #e6eaf0; --quiet: #a3adba; --line: #333c48; --good: #5fd08f; --bad: #ff8a80; --held: #f0b95c; --mark: #7db1ff;';

export const style = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
body { background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.quiet { color: var(--quiet); } .failed { color: var(--bad); } .passed { color: var(--good); } .waived { color: var(--held); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-size: .9em; overflow-wrap: anywhere; }
details { margin: .5rem 0; } summary { cursor: pointer; font-weight: 600; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
svg .axis { stroke: var(--line); } svg circle { fill: var(--mark); }
@media print { :root { color-scheme: light; ${light} } body { max-width: none; padding: 0; font-size: 12px; } .wide { overflow: visible; } table { font-size: 10px; } th, td { padding: .12rem .2rem; } th.number { white-space: normal; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } }
`;
