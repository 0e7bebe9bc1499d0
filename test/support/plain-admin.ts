// Asks the admin API on connections of their own, which are gone when the answer is there: descriptors can be counted beside it.
import { request } from 'node:http';

export interface Told {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the test that asks
  readonly body: any;
}

export const plainAdmin =
  (admin: string) =>
  (method: string, path: string, json?: object): Promise<Told> =>
    new Promise((resolve, reject) => {
      const headers = json ? { 'Content-Type': 'application/json' } : {};
      const asking = request(`${admin}${path}`, { method, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        answer.on('end', () => {
          const isJson = /json/.test(answer.headers['content-type'] ?? '');
          resolve({ status: answer.statusCode ?? 0, body: isJson && text ? JSON.parse(text) : text });
        });
      });
      asking.on('error', reject).end(json && JSON.stringify(json));
    });

/** The value of a metric without labels. */
export const metricOf = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
