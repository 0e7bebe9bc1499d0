// Words that are added to an error change its message and what its stack repeats of it, and nothing else.
import { describe, expect, test } from 'vitest';
import { appendWords, withWords } from '../../src/testing/append-words.ts';

class OwnError extends Error {
  override readonly name = 'OwnError';
}

describe('an error', () => {
  test('keeps its class, name, cause, fields and frames', () => {
    const cause = new Error('before');
    const error = Object.assign(new OwnError('wrong\nby far', { cause }), { code: 'E' });
    const frames = error.stack?.split('\n').filter((line) => /^ +at /.test(line));
    expect(withWords(error, 'so it was')).toBe(error);
    expect(error).toMatchObject({ name: 'OwnError', code: 'E', cause, message: 'wrong\nby far\n\nso it was' });
    expect(error.stack).toMatch(/wrong\nby far\n\nso it was\n +at /);
    expect(error.stack?.split('\n').filter((line) => /^ +at /.test(line))).toEqual(frames);
  });

  test('without a message has the words behind the first line of its stack', () => {
    const error = new Error();
    withWords(error, 'so it was');
    expect(error.stack).toMatch(/^Error:? *\n\nso it was\n +at /);
  });

  test('that cannot be changed becomes the cause of another', () => {
    const error = Object.freeze(new Error('wrong'));
    expect(withWords(error, 'so it was')).toMatchObject({ message: 'wrong\n\nso it was', cause: error });
  });
});

test.each([['text'], [undefined], [null], [7], [{ code: 1 }]])(
  'what is thrown as %j becomes the cause of an error',
  (thrown) => {
    const error = withWords(thrown, 'so it was');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: `${String(thrown)}\n\nso it was`, cause: thrown });
  },
);

test('what a runner has made of an error takes them too, without a stack', () => {
  const serialized: { message: string; stack?: string } = { message: 'wrong' };
  appendWords(serialized, 'so it was');
  expect(serialized).toEqual({ message: 'wrong\n\nso it was' });
});
