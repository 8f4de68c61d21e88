// A browser as people call it, out of what it calls itself.

/** In this order: most of them say that they are the ones after them, too. */
const browsers = [
  ['Edge', /\bEdg[A-Z]*\/(\d+)/i],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*Safari/],
] as const;

const systems = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh|Mac OS X/],
  ['Linux', /Linux|X11/],
] as const;

export function browserText(agent: string): string {
  const [browser, version] = browsers.flatMap(([name, sign]) => {
    const found = sign.exec(agent);
    return found ? [name, found[1]] : [];
  });
  const system = systems.find(([, sign]) => sign.test(agent))?.[0];
  if (browser === undefined) return agent === '' ? 'Unknown' : agent.slice(0, 60);
  return `${browser} ${version}${system ? ` on ${system}` : ''}`;
}
