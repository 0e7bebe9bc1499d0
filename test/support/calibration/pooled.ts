// node:http with an agent that keeps its connections, and with one that does not; both count those that they open.
import { Agent, type AgentOptions, request } from 'node:http';
import { type Manner, reservation, type Task } from './manner.ts';

const pooled = (options: AgentOptions) => (): Manner => {
  const agent = new Agent(options);
  const counted = { opened: 0 };
  return { counted, perform: (task) => send(task, agent, counted) };
};

export const keeping = pooled({ keepAlive: true, maxSockets: 4 });
export const dropping = pooled({ keepAlive: false });

const send = (task: Task, agent: Agent, counted: { opened: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const { url, headers, json } = reservation(task);
    const asked = request(url, { method: 'POST', headers, agent }, (answer) => {
      answer.resume().once('end', resolve).once('error', reject);
    });
    asked.once('socket', () => {
      if (!asked.reusedSocket) counted.opened++;
    });
    asked.once('error', reject).end(JSON.stringify(json));
  });
