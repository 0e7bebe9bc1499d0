// Reservations of one seat each, spread over fifty sessions: what orders and lapses are measured with.
import { ask, fetchAnswer } from './requests.ts';

const AT_ONCE = 16;

/** Makes so many, each for a customer of its own, and gives their ids. */
export async function reserve(url: string, count: number): Promise<string[]> {
  const { data } = await ask<{ data: { id: string }[] }>(`${url}/v1/sessions?status=on_sale&limit=50`);
  const made: string[] = [];
  await eachOf(count, AT_ONCE, async (at) => {
    const seats = { bestAvailable: { count: 1 }, customerRef: `c-${at}` };
    const path = `/v1/sessions/${data[at % data.length]?.id}/reservations`;
    const { status, body } = await fetchAnswer(url + path, 'POST', seats);
    if (status !== 201) throw new Error(`${path}: ${status} ${body}`);
    made.push(JSON.parse(body).id);
  });
  return made;
}

/** Does something so many times, some of them at once. */
export async function eachOf(count: number, atOnce: number, act: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
