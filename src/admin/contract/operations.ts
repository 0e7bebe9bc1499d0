// The operations of the upstream by name, for editors to offer; the server knows them by its own table, and refuses others.

export type OperationName =
  | 'cancelOrder'
  | 'completeOrder'
  | 'createOrder'
  | 'extendReservation'
  | 'findOrders'
  | 'getHealth'
  | 'getOrder'
  | 'getReservation'
  | 'getSeatMap'
  | 'getSession'
  | 'listSessions'
  | 'paymentPage'
  | 'pollWaitingRoom'
  | 'releaseReservation'
  | 'reserveSeats'
  | 'threeDSecure'
  | 'validateDiscount';

/** Any text compiles, since a server of another version may know more. */
export type NamedOperation = OperationName | (string & {});
