// Asks one address every 10 ms on a connection of its own, in a thread of its own, until it is told to stop; tells how long each took.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let over = false;
parentPort.once('message', () => {
  over = true;
});
const all = [];
while (!over) {
  const start = performance.now();
  const [answer] = await once(request(workerData, { agent }).end(), 'response');
  answer.resume();
  await once(answer, 'end');
  all.push(performance.now() - start);
  await pause(10);
}
agent.destroy();
parentPort.postMessage(all);
