// What is asked over HTTP besides the load: by the admin API, and once for the bytes that all servers are to answer.
import { Agent, request } from 'node:http';
import type { KeptAnswer } from './servers/answers.ts';

export const LIST = '/v1/sessions?limit=20';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Fetched {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Headers that every server adds by itself. */
const OWN = new Set(['date', 'connection', 'keep-alive', 'content-length']);

/** A body that is no text is sent as JSON. */
export function fetchAnswer(
  url: string,
  method = 'GET',
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { ...(sent !== undefined && { 'content-type': 'application/json' }), ...more };
    const asked = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { rawHeaders } = response;
        const pairs = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1] as string] as const]));
        resolve({ status: response.statusCode ?? 0, headers: pairs, body: Buffer.concat(chunks).toString() });
      });
    });
    asked.on('error', reject);
    asked.end(sent);
  });
}

/** An answer to be served again by others. */
export async function keep(url: string): Promise<KeptAnswer> {
  const { status, headers, body } = await fetchAnswer(url);
  return { status, headers: headers.filter(([name]) => !OWN.has(name.toLowerCase())), body };
}

/** The JSON of a success; any other answer is an error. */
export async function ask<Answer = unknown>(url: string, method = 'GET', body?: unknown): Promise<Answer> {
  const answer = await fetchAnswer(url, method, body);
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.body}`);
  return (answer.body === '' ? undefined : JSON.parse(answer.body)) as Answer;
}

/** What a seller sends, byte by byte. */
export const requestFor = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: tickets.example\r\nAccept: application/json\r\nAuthorization: Bearer seller-a\r\n\r\n`;
