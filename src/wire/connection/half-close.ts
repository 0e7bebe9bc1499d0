// What follows when a client shuts its sending half: what will be answered still is, and what is held without end is given up.
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { closeLater, LINGERING_MS } from './socket-end.ts';
import type { UnderWay } from './under-way.ts';

const NO_BYTES = Buffer.alloc(0);
/** How long an RST may take that answers our bytes. */
const ANSWER_CHECK_MS = 50;

/** The connection whose client has shut its side. */
export interface HalfClosed {
  readonly socket: Socket;
  readonly face: Socket;
  readonly underWay: readonly UnderWay[];
  readonly released: boolean;
  /** Neither this request nor those behind it, begun or not, are answered any more. */
  forsake(request: UnderWay): void;
  /** Its client has gone, as far as we can know: it takes no room any more, though its socket lives on for a while. */
  vacated(): void;
}

export class HalfClose {
  /** When that was; epoch ms. */
  readonly at: number;
  /** Its client has gone, and its socket is kept silent for a while. */
  lingering = false;
  readonly #connection: HalfClosed;
  readonly #clock: Clock;

  constructor(connection: HalfClosed, clock: Clock) {
    this.at = clock.now();
    this.#connection = connection;
    this.#clock = clock;
  }

  /**
   * What answers by itself still does (RFC 9112 9.6), and then we close; what is held without end is held for nobody, as
   * a client that gives up begins its leaving just so. `parked`: nothing on the connection is served.
   */
  begin(parked: boolean): void {
    const { underWay, socket, face } = this.#connection;
    if (parked) {
      this.lingering = true;
      this.#vacate();
    } else if (underWay.length === 0) {
      if (socket.writableFinished)
        socket.destroy(); // it has our FIN already
      else face.destroySoon();
    }
    if (underWay.length === 0) return;
    this.#closeOnlyWhenDone();
    for (const request of underWay)
      if (!this.lingering && !request.clientShut(this.at)) this.#connection.forsake(request);
  }

  /** Of those that have begun. */
  forsake(request: UnderWay): void {
    this.lingering = true;
    const { underWay } = this.#connection;
    const at = underWay.indexOf(request);
    if (at >= 0) for (const unanswered of underWay.slice(at)) unanswered.clientLeft();
  }

  /** No request is under way any more. */
  idle(): void {
    if (this.lingering) this.#vacate();
    else this.#connection.face.destroySoon();
  }

  /** Whether the client has taken all that was sent: one that has closed answers with an RST. Not called back when the connection ends first. */
  whetherTaken(then: (taken: boolean) => void): void {
    const { socket } = this.#connection;
    this.#clock.after(ANSWER_CHECK_MS, () => {
      if (this.#connection.released) return;
      if (socket.writableEnded) then(true);
      else socket.write(NO_BYTES, (error) => then(!error)); // nothing goes out, and yet it fails after an RST
    });
  }

  /** Nothing more is said on it: it is closed when its client has had some time to do so. */
  #vacate(): void {
    this.#connection.vacated();
    closeLater(this.#connection.socket, this.#clock, Math.max(0, this.at + LINGERING_MS - this.#clock.now()));
  }

  /** While requests are under way on it, their end closes it and not that of the first answer. */
  #closeOnlyWhenDone(): void {
    const { face } = this.#connection;
    const destroySoon = face.destroySoon.bind(face);
    face.destroySoon = () => {
      if (this.#connection.underWay.length === 0) destroySoon();
    };
  }
}
