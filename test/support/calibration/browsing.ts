// Two shops that read a seat map over and over: one says which it has, one does not.
import { request } from 'undici';
import type { Manner } from './manner.ts';

const browsing = (isConditional: boolean) => (): Manner => {
  const counted = { given: 0, unchanged: 0 };
  let known: string | undefined;
  return {
    counted,
    async perform({ base, session }) {
      const headers = {
        ...{ authorization: 'Bearer shop' },
        ...(isConditional && known !== undefined && { 'if-none-match': known }),
      };
      const answer = await request(`${base}/v1/sessions/${session}/seat-map`, { headers });
      await answer.body.dump();
      if (answer.statusCode === 200) counted.given++;
      if (answer.statusCode === 304) counted.unchanged++;
      const { etag } = answer.headers;
      if (typeof etag === 'string') known = etag;
    },
  };
};

export const conditional = browsing(true);
export const unconditional = browsing(false);
