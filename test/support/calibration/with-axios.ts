// axios with axios-retry and its exponential delay.
import axios from 'axios';
import axiosRetry, { exponentialDelay } from 'axios-retry';
import { type Manner, reservation } from './manner.ts';

/** Its retries, from the first on. */
const NUMBERS = [1, 2, 3];

export function withAxios(): Manner {
  const client = axios.create();
  axiosRetry(client, { retries: NUMBERS.length, retryCondition: () => true, retryDelay: exponentialDelay });
  return {
    async perform(task) {
      const { url, headers, json } = reservation(task);
      await client.post(url, json, { headers });
    },
    draw: () => NUMBERS.map((number) => exponentialDelay(number)),
  };
}
