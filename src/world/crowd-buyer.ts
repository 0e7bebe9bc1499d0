// Where the crowd buys: a seat at some session on sale, reserved, ordered and completed in the box office of everybody.
import { type Draw, randomStream } from '../base/random-stream.ts';
import { Refusal } from '../base/refusal.ts';
import type { BoxOffice } from '../box-office/box-office.ts';
import { HONEST } from '../box-office/terms.ts';
import type { CrowdBuyer } from '../crowd/purchases.ts';

/** The crowd's name as a client of the box office. */
const CLIENT = 'crowd';
/** Purchases at the same time; more fail. */
const MAX_UNDER_WAY = 100;

/** A buyer that knows what became of what it was asked. */
export interface CountingBuyer extends CrowdBuyer {
  readonly seatsSold: number;
  /** Nothing was on sale, no such seats were left, or too many bought at once. */
  readonly failed: number;
}

interface CrowdBuyerOptions {
  /** The one that is open now. */
  boxOffice(): BoxOffice;
  /** Told of a programmer's error; a no of the box office is counted. */
  failed(error: unknown): void;
}

/** The same seed asks for the same sessions in turn. */
export function createCrowdBuyer({ boxOffice, failed }: CrowdBuyerOptions, seed: number): CountingBuyer {
  const draw = randomStream(seed, 'till'); // under another label the same seed would buy elsewhere
  const counts = { asked: 0, underWay: 0, seatsSold: 0, failed: 0 };
  const buy = async (seats: number): Promise<void> => {
    const customer = `${CLIENT}-${++counts.asked}`;
    counts.underWay++;
    try {
      if (await purchase(boxOffice(), draw, { customer, seats })) counts.seatsSold += seats;
      else counts.failed++;
    } catch (error) {
      counts.failed++;
      if (!(error instanceof Refusal)) failed(error);
    } finally {
      counts.underWay--;
    }
  };
  return {
    buy(seats) {
      if (counts.underWay >= MAX_UNDER_WAY) counts.failed++;
      else void buy(seats);
    },
    get seatsSold() {
      return counts.seatsSold;
    },
    get failed() {
      return counts.failed;
    },
  };
}

interface Wish {
  readonly customer: string;
  readonly seats: number;
}

/** False when nothing is on sale. */
async function purchase(boxOffice: BoxOffice, draw: Draw, { customer, seats }: Wish): Promise<boolean> {
  const from = Math.floor(draw() * boxOffice.season.sessions.length);
  const onSale = (position: number) => boxOffice.sessions({ status: 'on_sale' }, position, 1).items[0];
  const session = onSale(from) ?? onSale(0);
  if (!session) return false;
  const wanted = { client: CLIENT, sessionId: session.plan.id, customerRef: customer, bestAvailable: { count: seats } };
  const reservation = await boxOffice.reserve(wanted, HONEST);
  const order = await boxOffice.createOrder(
    {
      client: CLIENT,
      reservationId: reservation.id,
      customer: { name: customer, phone: '0' },
      externalRef: customer,
      payment: { method: 'seller' },
    },
    HONEST,
  );
  await boxOffice.completeOrder(CLIENT, order.id, customer, HONEST);
  return true;
}
